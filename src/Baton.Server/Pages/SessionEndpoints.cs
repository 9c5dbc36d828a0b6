using System.Globalization;
using Baton.Operations;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages;

/// <summary>Logging in and out of the console.</summary>
internal static class SessionEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapSession()
        {
            routes.MapPost("/login", LogIn).AllowAnonymous().ExcludeFromDescription();
            routes.MapPost("/logout", LogOut).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> LogIn(
        HttpContext http, LogIns logIns, [FromForm] string? key, [FromForm] string? to,
        CancellationToken cancellationToken)
    {
        var outcome = await logIns.TryAsync(http.Connection.RemoteIpAddress, key?.Trim() ?? "", cancellationToken);
        switch (outcome)
        {
            case LogInOutcome.TooMany { RetryAfter: var wait }:
                var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                http.Response.Headers.RetryAfter = seconds;
                return new ProblemResult(
                    new Problem(429, "Too many log-ins were refused", $"Wait {seconds} seconds, then try again.")
                {
                    Back = "/login", BackTo = "Back to the log-in page",
                });
            case LogInOutcome.Opened opened:
                var caller = Callers.Of(opened.Key, Scheme, opened.Session);
                await http.SignInAsync(Scheme, caller);
                return TypedResults.Redirect(IsOwnPath(to) ? to! : Navigation.HomeOf(caller));
            default:
                return TypedResults.Redirect(
                    "/login?wrong=true" + (IsOwnPath(to) ? "&to=" + Uri.EscapeDataString(to!) : ""));
        }
    }

    /// <summary>The form is read so that its antiforgery token is checked.</summary>
    private static async Task<IResult> LogOut(
        HttpContext http, ConsoleSessions sessions, [FromForm] IFormCollection form,
        CancellationToken cancellationToken)
    {
        if (Callers.Session(http.User) is { } session)
            await sessions.EndAsync(session, "console:" + http.User.Identity!.Name, cancellationToken);
        await http.SignOutAsync(Scheme);
        return TypedResults.Redirect("/login");
    }

    /// <summary>Nobody is sent to another site after logging in.</summary>
    private static bool IsOwnPath(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
