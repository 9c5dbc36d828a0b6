using Baton.Operations;
using Baton.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages;

/// <summary>Logging in and out of the console.</summary>
internal static class SessionEndpoints
{
    private const string Home = "/playground";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapSession()
        {
            routes.MapPost("/login", LogIn).AllowAnonymous().ExcludeFromDescription();
            routes.MapPost("/logout", LogOut).ExcludeFromDescription();
        }
    }

    private static async Task<RedirectHttpResult> LogIn(
        HttpContext http, ApiKeys keys, [FromForm] string? key, [FromForm] string? to)
    {
        var target = IsOwnPath(to) ? to! : Home;
        if (keys.Find(key?.Trim() ?? "") is not { } name)
            return TypedResults.Redirect($"/login?wrong=true&to={Uri.EscapeDataString(target)}");
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme,
            ApiKeyAuthentication.Principal(name, CookieAuthenticationDefaults.AuthenticationScheme));
        return TypedResults.Redirect(target);
    }

    /// <summary>The form is read so that its antiforgery token is checked.</summary>
    private static async Task<RedirectHttpResult> LogOut(HttpContext http, [FromForm] IFormCollection form)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.Redirect("/login");
    }

    /// <summary>Nobody is sent to another site after logging in.</summary>
    private static bool IsOwnPath(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
