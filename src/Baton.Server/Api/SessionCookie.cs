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
    }
}
