using System.Security.Claims;
using Baton.Conversations;
using Baton.Conversations.Merging;
using Baton.Conversations.Tickets;
using Baton.People;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Inboxes;

/// <summary>What the inbox sends: actions on a ticket, presence, and signs of who is there.</summary>
internal static class InboxForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapInboxForms()
        {
            routes.MapPost("/inbox/act", Act).ExcludeFromDescription();
            routes.MapPost("/inbox/presence", SetPresence).ExcludeFromDescription();
            routes.MapPost("/inbox/here", Here).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Act(
        [FromForm] InboxActionForm form, ClaimsPrincipal caller, Inbox inbox, TicketMerging merging, PersonNames names,
        CancellationToken cancellationToken)
    {
        var ticket = form.Id ?? "";
        var back = OwnPath.Or(form.Back, "/inbox/" + Uri.EscapeDataString(ticket));
        if (form.Action == "merge") return await MergeAsync(form, caller, merging, names, back, cancellationToken);
        var (action, missing) = form.Read();
        if (action is null) return Refused(400, missing ?? "nothing is to be done.", form, back);
        // A note changes nothing that somebody else could have seen otherwise, and is welcome on a colleague's ticket.
        var acting = action switch
        {
            PersonAction.Note => new Acting(Callers.Actor(caller)),
            // What happened since is no reason to send what somebody wants back.
            PersonAction.TakeBack => Callers.ActingOn(caller, null),
            _ => Callers.ActingOn(caller, form.Version),
        };
        var (found, problem) = await inbox.ActAsync(ticket, (_, _) => action, acting, null, cancellationToken);
        if (!found) return Refused(404, $"There is no ticket {ticket}.", form, "/inbox");
        return problem is null
            ? TypedResults.Redirect(form.GivesAway ? OwnPath.Or(form.List, "/inbox") : back)
            : Refused(409, names.In(problem), form, back);
    }

    /// <summary>The one that stays is what is looked at next.</summary>
    private static async Task<IResult> MergeAsync(
        InboxActionForm form, ClaimsPrincipal caller, TicketMerging merging, PersonNames names, string back,
        CancellationToken cancellationToken)
    {
        var (ticket, into) = (form.Id ?? "", form.Into?.Trim() ?? "");
        if (into.Length == 0) return Refused(400, "into is empty: name the ticket that stays.", form, back);
        var (found, problem) = await merging.MergeAsync(
            ticket, into, Callers.ActingOn(caller, form.Version), cancellationToken);
        return !found ? Refused(404, $"There is no ticket {ticket}.", form, "/inbox")
            : problem is not null ? Refused(409, names.In(problem), form, back)
            : TypedResults.Redirect("/inbox/" + Uri.EscapeDataString(into));
    }

    private static async Task<IResult> SetPresence(
        [FromForm] string? presence, [FromForm] string? back, ClaimsPrincipal caller, PeopleStore people,
        PersonActivity activity, CancellationToken cancellationToken)
    {
        if (EnumWords.Find<Presence>(presence ?? "") is not { } wanted)
            return Refused(400, $"presence is '{presence}': say {string.Join(", ", EnumWords.All<Presence>())}.");
        if (Callers.Person(caller) is not { } me)
            return Refused(400, "A key is nobody who is there or away: sign in as a person.");
        await activity.NoteAsync(me, cancellationToken);
        await people.SetPresenceAsync(me, wanted, me, cancellationToken);
        return TypedResults.Redirect(OwnPath.Or(back, "/inbox"));
    }

    /// <summary>A page says that it is open, and whether somebody is at it.</summary>
    private static async Task<IResult> Here(
        [FromForm] string? ticket, [FromForm] bool? types, [FromForm] bool? active, ClaimsPrincipal caller,
        ConversationStore store, Onlookers onlookers, PersonActivity activity, CancellationToken cancellationToken)
    {
        if (Callers.Person(caller) is not { } me) return TypedResults.NoContent();
        if (active == true) await activity.NoteAsync(me, cancellationToken);
        if (!string.IsNullOrEmpty(ticket) && store.Load(ticket).Version > 0)
            await onlookers.NoteAsync(ticket, me, types == true, cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemResult Refused(int status, string problem) =>
        new(new Problem(status, "Not done", problem) { Back = "/inbox", BackTo = "Back to the inbox" });

    /// <summary>What was typed is not lost with the refusal.</summary>
    private static ProblemResult Refused(int status, string problem, InboxActionForm form, string back) => new(
        new Problem(status, "Not done", PageText.WithTyped(problem, form.Text ?? form.Why))
        {
            Back = back, BackTo = status == 404 ? "Back to the inbox" : "Back to the ticket",
        });
}
