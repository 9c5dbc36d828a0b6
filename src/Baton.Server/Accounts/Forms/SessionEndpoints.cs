using System.Globalization;
using Baton.Operations;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Forms;

/// <summary>Logging in to the console, with a password or a key, and out.</summary>
internal static class SessionEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapSession()
        {
            routes.MapPost("/login", LogIn).AllowAnonymous().ExcludeFromDescription();
            routes.MapPost("/login/code", Code).AllowAnonymous().ExcludeFromDescription();
            routes.MapPost("/logout", LogOut).ExcludeFromDescription();
        }
    }

    private static Task<IResult> LogIn(
        HttpContext http, LogIns logIns, PasswordLogIns passwords, [FromForm] string? key, [FromForm] string? email,
        [FromForm] string? password, [FromForm] string? to, CancellationToken cancellationToken) => email is null
            ? WithKey(http, logIns, key?.Trim() ?? "", to, cancellationToken)
            : WithPassword(http, passwords, email, password ?? "", to, cancellationToken);

    private static async Task<IResult> WithKey(
        HttpContext http, LogIns logIns, string key, string? to, CancellationToken cancellationToken)
    {
        switch (await logIns.TryAsync(http.Connection.RemoteIpAddress, key, cancellationToken))
        {
            case LogInOutcome.TooMany { RetryAfter: var wait }:
                return TooMany(http, wait);
            case LogInOutcome.Opened opened:
                var caller = Callers.Of(opened.Key, Scheme, opened.Session);
                await http.SignInAsync(Scheme, caller);
                return TypedResults.Redirect(OwnPath.Or(to, Navigation.HomeOf(caller)));
            default:
                return Wrong("/login?wrong=true", to);
        }
    }

    private static async Task<IResult> WithPassword(
        HttpContext http, PasswordLogIns passwords, string email, string password, string? to,
        CancellationToken cancellationToken)
    {
        var outcome = await passwords.TryAsync(
            http.Connection.RemoteIpAddress, email, password, cancellationToken);
        if (outcome is not PasswordOutcome.NeedsCode { Person: var person })
            return await AnswerAsync(http, outcome, "/login?wrong=password", to, cancellationToken);
        http.RequestServices.GetRequiredService<CodeStep>().Begin(http, person.Id, to);
        return TypedResults.Redirect("/login/code");
    }

    private static async Task<IResult> Code(
        HttpContext http, CodeStep step, PasswordLogIns passwords, [FromForm] string? code,
        CancellationToken cancellationToken)
    {
        if (step.Read(http) is not { } waiting) return TypedResults.Redirect("/login?wrong=late");
        var outcome = await passwords.TryCodeAsync(
            http.Connection.RemoteIpAddress, waiting.PersonId, code ?? "", cancellationToken);
        if (outcome is PasswordOutcome.Opened) step.End(http);
        return await AnswerAsync(http, outcome, "/login/code?wrong=true", waiting.To, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, PasswordOutcome outcome, string wrong, string? to, CancellationToken cancellationToken) =>
        outcome switch
        {
            PasswordOutcome.TooMany { RetryAfter: var wait } => TooMany(http, wait),
            PasswordOutcome.Opened { Person: var person } => await http.RequestServices
                .GetRequiredService<PersonSessions>().OpenAsync(http, person, to, cancellationToken),
            _ => Wrong(wrong, to),
        };

    private static IResult Wrong(string page, string? to) =>
        TypedResults.Redirect(page + (OwnPath.Is(to) ? "&to=" + Uri.EscapeDataString(to!) : ""));

    internal static ProblemResult TooMany(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return new ProblemResult(
            new Problem(429, "Too many log-ins were refused", $"Wait {seconds} seconds, then try again.")
            {
                Back = "/login", BackTo = "Back to the log-in page",
            });
    }

    /// <summary>The form is read so that its antiforgery token is checked.</summary>
    private static async Task<IResult> LogOut(
        HttpContext http, ConsoleSessions sessions, [FromForm] IFormCollection form,
        CancellationToken cancellationToken)
    {
        if (Callers.Session(http.User) is { } session)
            await sessions.EndAsync(
                session, Callers.Person(http.User) ?? "console:" + http.User.Identity!.Name, cancellationToken);
        await http.SignOutAsync(Scheme);
        return TypedResults.Redirect("/login");
    }
}
