using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.People;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Baton.Server.Pages.Parts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages;

/// <summary>What the playground's form and its live view call.</summary>
internal static class PlaygroundEndpoints
{
    /// <summary>Channel of tickets that name none.</summary>
    public const string Channel = "playground";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapPlayground()
        {
            routes.MapPost("/playground", Submit).ExcludeFromDescription();
            routes.MapGet("/playground/{id}/stream", Stream).ExcludeFromDescription();
        }
    }

    /// <summary>With htmx the run appears in the page; without scripts the ticket's own page opens.</summary>
    private static async Task<IResult> Submit(
        HttpContext http, [FromForm] PlaygroundForm form, Intake intake, PlaygroundWatches watches, PeopleStore people,
        CancellationToken cancellationToken)
    {
        var ticket = form.ToTicket("P-" + Guid.CreateVersion7().ToString("N"));
        watches.Open(ticket.TicketId);
        var outcome = await intake.AcceptAsync(ticket, cancellationToken);
        if (outcome is IntakeOutcome.Accepted && Callers.Person(http.User) is { } person)
            await people.NoteAsync(person, "TicketSubmitted", ticket.TicketId, cancellationToken);
        if (outcome is IntakeOutcome.Accepted)
            return http.Request.Headers.ContainsKey("HX-Request")
                ? new RazorComponentResult<PlaygroundRun>(new { Id = ticket.TicketId })
                : TypedResults.Redirect(PageText.TicketPath(ticket.TicketId));
        watches.Take(ticket.TicketId).Dispose();
        var (status, problem) = Refusal(outcome);
        return new ProblemResult(
            new Problem(status, "Not sent", problem) { Back = "/playground", BackTo = "Back to the playground" });
    }

    private static IResult Stream(
        string id, IServiceProvider services, ConversationStore store, CancellationToken cancellationToken) =>
        // Its ticket is stored before a page asks; nobody waits for one that is not there.
        store.Load(id).Version == 0
            ? new ProblemResult(new Problem(404, "No such ticket", $"There is no ticket {id}."))
            : TypedResults.ServerSentEvents(
                ActivatorUtilities.CreateInstance<PlaygroundStream>(services).Of(id, cancellationToken));

    /// <summary>What a page says when nothing was stored.</summary>
    internal static (int Status, string Text) Refusal(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Rejected bad => (400, $"Not sent: {bad.Field} {bad.Problem}"),
        IntakeOutcome.Busy => (429, "Not sent: too many tickets are waiting. Try again in a moment."),
        IntakeOutcome.OtherContent other => (409, $"Not sent: {other.Problem}"),
        IntakeOutcome.NotFound missing => (404, $"Not sent: there is no ticket {missing.TicketId}."),
        _ => (409, "Not sent: this ticket exists already."),
    };
}

/// <summary>Fields of the playground's form; empty fields are left out of the ticket.</summary>
internal sealed record PlaygroundForm
{
    public string? Tier { get; init; }

    public string? Channel { get; init; }

    public string? Subject { get; init; }

    public string? Body { get; init; }

    public string? OrderId { get; init; }

    public InboundTicket ToTicket(string id) => new()
    {
        TicketId = id,
        Channel = Given(Channel) ?? PlaygroundEndpoints.Channel,
        CustomerTier = Given(Tier),
        Subject = Given(Subject),
        // Browsers send CR LF.
        Messages = [new InboundText(Author.Customer, (Body ?? "").ReplaceLineEndings("\n"))],
        Fields = Given(OrderId) is { } order ? new Dictionary<string, string> { ["order_id"] = order } : [],
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
