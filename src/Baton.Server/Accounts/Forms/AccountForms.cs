using Baton.Operations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Forms;

/// <summary>What people do with their own account.</summary>
internal static class AccountForms
{
    private const string Page = "/account";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAccountForms()
        {
            routes.MapPost("/account/password", Password).ExcludeFromDescription();
            routes.MapPost("/account/code", Confirm).ExcludeFromDescription();
            routes.MapPost("/account/code/remove", Remove).ExcludeFromDescription();
            routes.MapPost("/account/sessions/end", End).ExcludeFromDescription();
        }
    }

    /// <summary>Who is at the machine must know the old one; every other session ends with it.</summary>
    private static async Task<IResult> Password(
        HttpContext http, PeopleStore people, PasswordLogIns logIns, PersonLinks links, SignIns signIns,
        PersonSessions sessions, [FromForm] string? old, [FromForm] string? password,
        CancellationToken cancellationToken)
    {
        if (Caller(http, people) is not { } person) return NoPerson();
        if (Passwords.Problem(password ?? "", person.Email) is { } weak) return Refused(400, "Not changed", weak);
        if (await logIns.TryAsync(http.Connection.RemoteIpAddress, person.Email, old ?? "", cancellationToken)
            is PasswordOutcome.Refused or PasswordOutcome.TooMany)
            return Refused(400, "Not changed",
                "The old password is wrong, or there were too many wrong ones. Without it, an admin makes you a link to set one.");
        var link = await links.MakeAsync(
            LinkPurpose.Password, person.Id, TimeSpan.FromMinutes(1), person.Id, cancellationToken);
        await signIns.SetPasswordAsync(link[PersonLinks.JoinPath.Length..], password!, cancellationToken);
        return await sessions.OpenAsync(http, person, Page + "?done=password", cancellationToken);
    }

    private static async Task<IResult> Confirm(
        HttpContext http, PeopleStore people, SignIns signIns, [FromForm] string? code,
        CancellationToken cancellationToken)
    {
        if (Caller(http, people) is not { } person) return NoPerson();
        return await signIns.ConfirmCodeAsync(person.Id, code ?? "", cancellationToken)
            ? TypedResults.Redirect(Page + "?done=code")
            : Refused(400, "Not turned on",
                "The code is not the one of this moment: check the clock of your phone, and type the next one.");
    }

    /// <summary>Asks for a code: a console that was left open must not lose the second factor.</summary>
    private static async Task<IResult> Remove(
        HttpContext http, PeopleStore people, PasswordLogIns logIns, SignIns signIns, [FromForm] string? code,
        CancellationToken cancellationToken)
    {
        if (Caller(http, people) is not { } person) return NoPerson();
        if (await logIns.TryCodeAsync(http.Connection.RemoteIpAddress, person.Id, code ?? "", cancellationToken)
            is not PasswordOutcome.Opened)
            return Refused(400, "Not turned off",
                "The code is not the one of this moment, or was used. Type the next one.");
        await signIns.RemoveCodeAsync(person.Id, person.Id, cancellationToken);
        return TypedResults.Redirect(Page + "?done=no-code");
    }

    private static async Task<IResult> End(
        HttpContext http, PeopleStore people, ConsoleSessions sessions, [FromForm] string? session,
        CancellationToken cancellationToken)
    {
        if (Caller(http, people) is not { } person) return NoPerson();
        if (sessions.PersonOf(session ?? "") != person.Id)
            return Refused(404, "Not ended", "No open session of yours is called so; it may have ended meanwhile.");
        await sessions.EndAsync(session!, person.Id, cancellationToken);
        return TypedResults.Redirect(Page + "?done=session");
    }

    private static Person? Caller(HttpContext http, PeopleStore people) =>
        Callers.Person(http.User) is { } id ? people.Find(id) : null;

    private static ProblemResult NoPerson() => Refused(409, "No account",
        "You are logged in with a key. Log in with your e-mail and password to change your account.");

    private static ProblemResult Refused(int status, string title, string why) =>
        new(new Problem(status, title, why) { Back = Page, BackTo = "Back to your account" });
}
