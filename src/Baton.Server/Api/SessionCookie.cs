using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Baton.Server.Api;

/// <summary>The console's session.</summary>
internal static class SessionCookie
{
    public const string Name = "baton";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        // Strict: no other site can make the browser act in the console.
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.LoginPath = "/login";
        options.ReturnUrlParameter = "to";
        // A session that ran out sends people to the log-in page, and programs away with 401.
        options.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/api")) return context.HttpContext.ChallengeAsync(ApiKeyAuthentication.Scheme);
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
    }
}
