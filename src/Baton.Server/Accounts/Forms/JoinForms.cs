using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Forms;

/// <summary>What links for people lead to: the first admin, a password, the demo.</summary>
internal static class JoinForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapJoin()
        {
            routes.MapPost("/join", Join).AllowAnonymous().ExcludeFromDescription();
            routes.MapGet(PersonLinks.EnterPath + "{token}", Enter).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Join(
        HttpContext http, PersonLinks links, PeopleStore people, SignIns signIns, PersonSessions sessions,
        [FromForm] string? token, [FromForm] string? name, [FromForm] string? email, [FromForm] string? password,
        CancellationToken cancellationToken)
    {
        if (links.Find(token ?? "") is not { } link) return Over();
        var address = link.PersonId is { } id ? people.Find(id)?.Email ?? "" : email ?? "";
        if (Passwords.Problem(password ?? "", address) is { } weak) return Refused(token!, weak);
        if (link.Purpose == LinkPurpose.Password)
            return await signIns.SetPasswordAsync(token!, password!, cancellationToken) is null ? Over()
                : TypedResults.Redirect("/login?set=true");
        var details = new PersonDetails { Name = name ?? "", Email = address };
        return await signIns.AddFirstAsync(token!, details, password!, cancellationToken) switch
        {
            PersonOutcome.Saved { Person: var person } =>
                await sessions.OpenAsync(http, person, "/people", cancellationToken),
            PersonOutcome.Refused { Why: var why } => Refused(token!, char.ToUpperInvariant(why[0]) + why[1..] + "."),
            _ => Over(),
        };
    }

    private static async Task<IResult> Enter(
        string token, HttpContext http, SignIns signIns, PersonSessions sessions,
        CancellationToken cancellationToken) =>
        await signIns.UseAsync(token, cancellationToken) is { } person
            ? await sessions.OpenAsync(http, person, null, cancellationToken)
            : Over();

    private static ProblemResult Over() => new(new Problem(404, "This link works no longer",
        "It was used, it is over, or a newer one took its place. Ask an admin for a new one: the page of people has it, and `baton people reset`.")
    {
        Back = "/login", BackTo = "To the log-in page",
    });

    private static ProblemResult Refused(string token, string why) => new(new Problem(400, "Not set", why)
    {
        Back = PersonLinks.JoinPath + Uri.EscapeDataString(token), BackTo = "Back to the form",
    });
}
