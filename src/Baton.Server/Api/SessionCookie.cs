using Baton.Operations;
using Baton.People;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Baton.Server.Api;

/// <summary>The console's session.</summary>
internal static class SessionCookie
{
    public const string Name = "baton";

    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        // Strict: no other site can make the browser act in the console.
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = ConsoleSessions.Lifetime;
        // The row in the database ends with the cookie.
        options.SlidingExpiration = false;
        options.LoginPath = "/login";
        options.ReturnUrlParameter = "to";
        options.Events.OnValidatePrincipal = Renew;
        // Relative: the address in the request's Host is whatever the caller wrote.
        options.Events.OnRedirectToLogin = context =>
        {
            var (path, query) = (
                context.Request.Path, HttpMethods.IsGet(context.Request.Method) ? context.Request.QueryString
                : default);
            context.Response.Redirect($"/login?to={Uri.EscapeDataString(path + query)}");
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context => ProblemAnswers.ForbiddenAsync(context.HttpContext);
    }

    /// <summary>Asks for the row with every request: what was ended a moment ago opens nothing now.</summary>
    private static Task Renew(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<ConsoleSessions>();
        var people = context.HttpContext.RequestServices.GetRequiredService<PeopleStore>();
        if (context.Principal is not { } caller || Callers.Session(caller) is not { } id) context.RejectPrincipal();
        else if (sessions.PersonOf(id) is { } person && people.Find(person) is { DisabledAt: null } found)
            context.ReplacePrincipal(Callers.Of(found, Scheme, id));
        else if (sessions.KeyOf(id) is { } key) context.ReplacePrincipal(Callers.Of(key, Scheme, id));
        else context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
