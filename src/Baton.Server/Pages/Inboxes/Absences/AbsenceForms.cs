using System.Security.Claims;
using Baton.People;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Inboxes.Absences;

/// <summary>Somebody says when they are out of office, and who stands in.</summary>
internal static class AbsenceForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapAbsences() => routes.MapPost("/inbox/away", Set).ExcludeFromDescription();
    }

    private static async Task<IResult> Set(
        [FromForm] AbsenceForm form, ClaimsPrincipal caller, PeopleStore people, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (Callers.Person(caller) is not { } id || people.Find(id) is not { } me)
            return Refused(400, "A key is nobody who is there or away: sign in as a person.");
        var (absence, problem) = form.Action == "end" ? (null, null)
            : new AbsenceWords(form.From, form.Until, form.StandIn).Read(me, clock.GetUtcNow(), people.Find);
        if (problem is not null) return Refused(400, problem);
        return await people.ChangeAsync(
            id, me.Version, PersonDetails.Of(me) with { OutOfOffice = absence }, id, cancellationToken) switch
        {
            PersonOutcome.Saved => TypedResults.Redirect(OwnPath.Or(form.Back, "/inbox")),
            PersonOutcome.Refused { Why: var why } => Refused(400, why),
            _ => Refused(409, "Somebody changed your account meanwhile: look again, then repeat."),
        };
    }

    private static ProblemResult Refused(int status, string problem) =>
        new(new Problem(status, "Not done", problem) { Back = "/inbox", BackTo = "Back to the inbox" });
}
