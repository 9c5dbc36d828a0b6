using System.Globalization;
using System.Security.Claims;
using Baton.Operations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Playbooks;
using Baton.Server.Api;
using Baton.Server.Pages.Accounts;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Accounts.Forms;

/// <summary>What admins do on the page of people.</summary>
internal static class PeopleForms
{
    private const string Page = "/people";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapPeopleForms()
        {
            routes.MapPost("/people", Add).ExcludeFromDescription();
            routes.MapPost("/people/change", Change).ExcludeFromDescription();
            routes.MapPost("/people/save", Save).ExcludeFromDescription();
            routes.MapPost("/people/link", Link).ExcludeFromDescription();
            routes.MapPost("/people/sessions/end", End).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Add(
        HttpContext http, PeopleStore people, PersonLinks links, [FromForm] string? name, [FromForm] string? email,
        [FromForm] string? role, CancellationToken cancellationToken)
    {
        if (EnumWords.Find<PersonRole>(role ?? "") is not { } known) return NoRole(role);
        var details = new PersonDetails { Name = name ?? "", Email = email ?? "", Role = known };
        return await people.AddAsync(details, Callers.Actor(http.User), cancellationToken) switch
        {
            PersonOutcome.Saved { Person: var person } => await ShowLinkAsync(http, links, person, cancellationToken),
            PersonOutcome.Refused { Why: var why } => Refused(400, "Not added", why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Another role, or in and out; the form names the version that the admin saw.</summary>
    private static async Task<IResult> Change(
        ClaimsPrincipal caller, PeopleStore people, [FromForm] string? person, [FromForm] string? version,
        [FromForm] string? role, [FromForm] string? action, CancellationToken cancellationToken)
    {
        if (people.Find(person ?? "") is not { } found) return Nobody(person);
        if (found.Id == Callers.Person(caller))
            return Refused(409, "Not changed",
                "Another admin must change your own role, so that nobody locks themselves out.");
        if (action is "disable" or "enable")
        {
            await people.DisableAsync(found.Id, action == "disable", Callers.Actor(caller), cancellationToken);
            return TypedResults.Redirect(Page);
        }
        if (EnumWords.Find<PersonRole>(role ?? "") is not { } known) return NoRole(role);
        var seen = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return await people.ChangeAsync(found.Id, seen, PersonDetails.Of(found) with { Role = known },
            Callers.Actor(caller), cancellationToken) switch
        {
            PersonOutcome.Saved => TypedResults.Redirect(Page),
            PersonOutcome.Outdated { Now: var now } => Refused(409, "Not changed",
                $"{now.Name} was changed by somebody while you looked: the role is '{EnumWords.Of(now.Role)}' now. Look again, then repeat."),
            PersonOutcome.Refused { Why: var why } => Refused(400, "Not changed", why),
            _ => Nobody(person),
        };
    }

    /// <summary>The whole record of a person, by the rules of a file of people.</summary>
    private static async Task<IResult> Save(
        ClaimsPrincipal caller, PeopleStore people, PlaybookHost playbooks, [FromForm] PersonForm form,
        CancellationToken cancellationToken)
    {
        if (people.Find(form.Person ?? "") is not { } found) return Nobody(form.Person);
        var back = $"{Page}/{found.Id}";
        var (details, problem) = form.Read(found, found.Id == Callers.Person(caller), playbooks.Current);
        if (problem is not null) return Refused(400, "Not saved", problem, back);
        return await people.ChangeAsync(
            found.Id, form.Seen, details, Callers.Actor(caller), cancellationToken) switch
        {
            PersonOutcome.Saved => TypedResults.Redirect(back + "?done=1"),
            PersonOutcome.Outdated { Now: var now } => Refused(409, "Not saved",
                $"{now.Name} was changed by somebody while you looked. Look again, then repeat.", back),
            PersonOutcome.Refused { Why: var why } => Refused(400, "Not saved", why, back),
            _ => Nobody(form.Person),
        };
    }

    private static async Task<IResult> Link(
        HttpContext http, PeopleStore people, PersonLinks links, [FromForm] string? person,
        CancellationToken cancellationToken) => people.Find(person ?? "") is { DisabledAt: null } found
            ? await ShowLinkAsync(http, links, found, cancellationToken)
            : Nobody(person);

    private static async Task<IResult> End(
        ClaimsPrincipal caller, ConsoleSessions sessions, [FromForm] string? session,
        CancellationToken cancellationToken) =>
        await sessions.EndAsync(session ?? "", Callers.Actor(caller), cancellationToken)
            ? TypedResults.Redirect(Page)
            : Refused(404, "Not ended", $"No open session is called '{session}'; it may have ended meanwhile.");

    /// <summary>The link is shown once: it is in no address and no log.</summary>
    private static async Task<IResult> ShowLinkAsync(
        HttpContext http, PersonLinks links, Person person, CancellationToken cancellationToken)
    {
        var path = await links.MakeAsync(LinkPurpose.Password, person.Id, PersonLinks.PasswordLife,
            Callers.Actor(http.User), cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        var start = http.RequestServices.GetRequiredService<AccessOptions>().PublicUrl?.GetLeftPart(
            UriPartial.Authority)
            ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return new RazorComponentResult<App>(new
        {
            Instead = typeof(LinkShown),
            With = new Dictionary<string, object>
            {
                [nameof(LinkShown.Name)] = person.Name, [nameof(LinkShown.Email)] = person.Email,
                [nameof(LinkShown.Link)] = start + path,
            },
        });
    }

    private static ProblemResult NoRole(string? role) => Refused(400, "Not changed",
        $"role is '{role}': use {string.Join(", ", EnumWords.All<PersonRole>())}");

    private static ProblemResult Nobody(string? person) =>
        Refused(404, "Nobody", $"Nobody who may sign in has the id '{person}'.");

    private static ProblemResult Refused(int status, string title, string why, string back = Page) =>
        new(new Problem(status, title, why)
        {
            Back = back, BackTo = back == Page ? "Back to people" : "Back to the person",
        });
}
