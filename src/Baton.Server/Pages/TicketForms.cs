using System.Security.Claims;
using Baton.Channels.Files;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Server.Accounts;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Baton.Server.Pages.Inboxes.Writing;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages;

/// <summary>What the forms of a ticket's page send.</summary>
internal static class TicketForms
{
    /// <summary>
    /// The page opens with the decision when there is one within this time, and updates itself when not.
    /// </summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>Bytes of a form besides its files.</summary>
    private const long AroundFiles = 4 * 1024 * 1024;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapTicketForms()
        {
            var most = routes.ServiceProvider.GetRequiredService<IntakeOptions>().Attachments.BytesPerMessage;
            routes.MapPost("/tickets/messages", Add).ExcludeFromDescription()
                .WithMetadata(new RequestSizeLimitAttribute(most + AroundFiles));
            routes.MapPost("/tickets/draft", Draft).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Add(
        [FromForm] string? id, [FromForm] string? text, [FromForm] string? from, [FromForm] string? version,
        [FromForm] string? back, HttpContext http, IntakeOptions options,
        ClaimsPrincipal caller, TicketWriting writing, DecisionWaiter waiter, PersonNames names,
        CancellationToken cancellationToken)
    {
        var ticket = id ?? "";
        Author? author = from switch { "agent" => Author.Agent, "customer" => Author.Customer, _ => null };
        // Nobody's words are put into another's mouth by a default.
        if (author is null)
            return Refused(ticket, back, 400, $"from is '{from}': say who wrote it, agent or customer.");
        var (turn, status, problem) = await writing.AddAsync(
            ticket, author.Value, (text ?? "").ReplaceLineEndings("\n"),
            await UploadedFiles.ReadAsync(http.Request.Form.Files, options.Attachments, cancellationToken),
            Callers.ActingOn(caller, version), cancellationToken);
        if (problem is not null) return Refused(ticket, back, status, PageText.WithTyped(names.In(problem), text));
        if (turn is { } decided) await waiter.WaitAsync(ticket, decided, Wait, cancellationToken);
        return TypedResults.Redirect(OwnPath.Or(back, PageText.TicketPath(ticket)) + "#latest");
    }

    private static async Task<IResult> Draft(
        [FromForm] string? id, [FromForm] string? text, [FromForm] string? action, [FromForm] string? version,
        [FromForm] string? back,
        ClaimsPrincipal caller, Inbox inbox, BatonOptions options, PersonNames names,
        ConversationStore store, ReplyTexts replies,         CancellationToken cancellationToken)
    {
        var ticket = id ?? "";
        if (action is not ("send" or "edit" or "discard"))
            return Refused(ticket, back, 400, $"action is '{action}': say send, edit or discard.", "Not done");
        if (action == "edit" && string.IsNullOrWhiteSpace(text))
            return Refused(ticket, back, 400, "text is empty: write the reply.", "Not sent");
        if (action == "edit" && text!.Length > PersonActionJson.LongestReply)
            return Refused(ticket, back, 400,
                $"text has {text.Length} characters, the limit is {PersonActionJson.LongestReply}.", "Not sent");
        if (action == "edit" && replies.Problem(text!) is { } unfilled)
            return Refused(ticket, back, 400, PageText.WithTyped(unfilled, text), "Not sent");
        var (found, problem) = await inbox.DraftAsync(
            ticket, action == "discard", action == "edit" ? replies.Leaving(store.Load(ticket).Channel, text!) : null,
            Callers.ActingOn(caller, version), cancellationToken, options.Replies.Undo);
        if (!found) return Refused(ticket, back, 404, $"There is no ticket {ticket}.", "Not done");
        return problem is null ? TypedResults.Redirect(OwnPath.Or(back, PageText.TicketPath(ticket)) + "#latest")
            : Refused(ticket, back, 409, PageText.WithTyped(names.In(problem), text), "Not done");
    }

    private static ProblemResult Refused(
        string ticket, string? back, int status, string problem, string title = "Not added") =>
        new(new Problem(status, title, problem)
    {
        Back = status == 404 ? "/tickets" : OwnPath.Or(back, PageText.TicketPath(ticket)), BackTo = status == 404
            ? "All tickets"
            : "Back to the ticket",
    });
}
