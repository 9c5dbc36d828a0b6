using System.Globalization;
using System.Text.Json;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Merging;
using Baton.Conversations.RawTexts;
using Baton.Conversations.Tickets.Lists;
using Baton.Conversations.Verdicts;
using Baton.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Conversations.Tickets;

/// <summary>The ticket API.</summary>
internal static class TicketEndpoints
{
    private const string Channel = "api";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/tickets</c>.</summary>
        public RouteGroupBuilder MapTickets()
        {
            var tickets = routes.MapGroup("/api/tickets").WithTags("Tickets");
            tickets.MapPost("", Submit).WithSummary("Submit a ticket; ?wait=10s waits for its decision")
                .Accepts<JsonElement>("application/json").Produces(202).Produces(200).ProducesProblem(400)
                .ProducesProblem(409)
                .ProducesProblem(422).ProducesProblem(429);
            tickets.MapGet("", List).WithSummary("List tickets, newest change first");
            tickets.MapGet("/{id}", Get).WithSummary("One ticket with its messages and its latest decision")
                .ProducesProblem(404);
            tickets.MapGet("/{id}/attachments/{position}/{number}", File)
                .WithSummary("A file of a message, as a download").ProducesProblem(404);
            tickets.MapPost("/{id}/messages", Add).WithSummary("Add a message; ?wait=10s waits for its decision")
                .Accepts<JsonElement>("application/json").Produces(202).Produces(200)
                .ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
            tickets.MapPost("/{id}/actions", Act)
                .WithSummary("Claim, release, reply, reroute, unlock or close, as a person")
                .Accepts<JsonElement>("application/json").Produces(204).ProducesProblem(404).ProducesProblem(409);
            tickets.MapPost("/{id}/merge", Merge)
                .WithSummary("Merge a duplicate into another open ticket of the same customer, as a person")
                .Accepts<JsonElement>("application/json").Produces(204).ProducesProblem(404).ProducesProblem(409);
            tickets.MapPost("/{id}/draft", Draft)
                .WithSummary("Send, edit or discard the reply that waits for a person")
                .Accepts<JsonElement>("application/json").Produces(204).ProducesProblem(404).ProducesProblem(409);
            tickets.MapPost("/{id}/rating", Rate)
                .WithSummary("The customer's verdict: a step from 1 to 5, or terrible to amazing, and perhaps a remark")
                .Accepts<JsonElement>("application/json").Produces(204).ProducesProblem(404).ProducesProblem(422);
            tickets.MapGet("/{id}/trace", Trace).WithSummary("Every event of a ticket").ProducesProblem(404);
            return tickets;
        }
    }

    private static async Task<IResult> Submit(
        HttpContext http, Intake intake, DecisionWaiter waiter, AddWords words, string? wait,
        CancellationToken cancellationToken)
    {
        var limit = WaitOf(wait);
        var ticket = TicketJson.Read(await TicketBody.ReadAsync(http, cancellationToken), NewId(), Channel);
        var outcome = await intake.AcceptAsync(ticket with { IdempotencyKey = KeyOf(http) }, cancellationToken);
        return await AnswerAsync(http, outcome, waiter, words, limit, cancellationToken);
    }

    private static async Task<IResult> Add(
        string id, HttpContext http, Intake intake, DecisionWaiter waiter, AddWords words, string? wait,
        CancellationToken cancellationToken)
    {
        var limit = WaitOf(wait);
        var (message, externalId) = TicketJson.ReadMessage(await TicketBody.ReadAsync(http, cancellationToken));
        var outcome = await intake.AddAsync(IdOf(id), message, externalId, KeyOf(http), cancellationToken);
        return await AnswerAsync(http, outcome, waiter, words, limit, cancellationToken);
    }

    private static async Task<IResult> Act(
        string id, HttpContext http, Inbox inbox, CancellationToken cancellationToken)
    {
        var request = PersonActionJson.Read(await TicketBody.ReadAsync(http, cancellationToken), Acting.Of(http.User));
        var (found, problem) =
            await inbox.ActAsync(IdOf(id), request.Action, request.Acting, request.Text, cancellationToken);
        return !found ? Missing(id)
            : problem is null ? TypedResults.NoContent()
            : TypedResults.Problem(problem, statusCode: 409, title: "Not possible now");
    }

    private static async Task<IResult> Merge(
        string id, HttpContext http, TicketMerging merging, CancellationToken cancellationToken)
    {
        var request = MergeJson.Read(await TicketBody.ReadAsync(http, cancellationToken), Acting.Of(http.User));
        var (found, problem) = await merging.MergeAsync(IdOf(id), request.Into, request.Acting, cancellationToken);
        return !found ? Missing(id)
            : problem is null ? TypedResults.NoContent()
            : TypedResults.Problem(problem, statusCode: 409, title: "Not possible now");
    }

    private static async Task<IResult> Draft(
        string id, HttpContext http, Inbox inbox, CancellationToken cancellationToken)
    {
        var request = DraftActionJson.Read(await TicketBody.ReadAsync(http, cancellationToken), Acting.Of(http.User));
        var (found, problem) = await inbox.DraftAsync(
            IdOf(id), request.Discards, request.Text, request.Acting, cancellationToken);
        return !found ? Missing(id)
            : problem is null ? TypedResults.NoContent()
            : TypedResults.Problem(problem, statusCode: 409, title: "Not possible now");
    }

    private static async Task<IResult> Rate(
        string id, HttpContext http, ConversationStore store, RatingDesk desk, CancellationToken cancellationToken) =>
        await RatingEndpoints.RateAsync(
            IdOf(id), await TicketBody.ReadAsync(http, cancellationToken), store, desk, cancellationToken);

    private static IResult List([AsParameters] TicketFilter filter, TicketQueries queries)
    {
        filter.Check();
        return Raw(queries.List(filter).ToJsonString());
    }

    private static async Task<IResult> Get(
        string id, HttpContext http, TicketQueries queries, DataReads reads, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(IdOf(id), cancellationToken) is not { } ticket) return Missing(id);
        await reads.NoteAsync(IdOf(id), Acting.Of(http.User), DataReads.Texts, null, cancellationToken);
        return Raw(ticket.ToJsonString());
    }

    private static Task<IResult> File(
        string id, string position, string number, HttpContext http, Database database, DataReads reads,
        CancellationToken cancellationToken) =>
        AttachmentAnswer.OfAsync(http, database, reads, (IdOf(id), position, number), cancellationToken);

    private static IResult Trace(string id, TicketQueries queries) =>
        queries.Trace(IdOf(id)) is { } trace ? Raw(trace.ToJsonString()) : Missing(id);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, IntakeOutcome outcome, DecisionWaiter waiter, AddWords words, TimeSpan? wait,
        CancellationToken cancellationToken)
    {
        if (outcome is IntakeOutcome.Rejected rejected)
            throw new TicketFormatException(rejected.Field, rejected.Problem);
        if (IntakeAnswers.Refusal(http, outcome) is { } refusal) return refusal;
        var (id, turn) = IntakeAnswers.Accepted(outcome);
        if (wait is { } limit && await waiter.WaitAsync(id, turn, limit, cancellationToken) is { } decision)
            return Raw((await decision.WithAsync(words, cancellationToken)).ToJsonString());
        return TypedResults.Accepted($"/api/tickets/{Uri.EscapeDataString(id)}", new TicketAccepted(id, turn));
    }

    /// <summary>Seconds (<c>10</c>, <c>10s</c>) or milliseconds (<c>500ms</c>), at most 60 s.</summary>
    private static TimeSpan? WaitOf(string? wait)
    {
        if (string.IsNullOrEmpty(wait)) return null;
        var (number, unit) = wait switch
        {
            [.. var n, 'm', 's'] => (n, 0.001),
            [.. var n, 's'] => (n, 1.0),
            _ => (wait, 1.0),
        };
        // "NaN" and "Infinity" are read as numbers too.
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value))
            throw new TicketFormatException("wait", $"is '{wait}': write a time such as 10s or 500ms");
        return TimeSpan.FromSeconds(Math.Min(value * unit, LongestWait.TotalSeconds));
    }

    /// <summary>A slash in an id stays encoded in the route; ids themselves have no percent sign.</summary>
    private static string IdOf(string route) => Uri.UnescapeDataString(route);

    /// <summary>Null when the sender gave none; an empty one is none.</summary>
    private static string? KeyOf(HttpContext http) =>
        http.Request.Headers[InboundRules.KeyHeader].ToString() is { Length: > 0 } key ? key : null;

    private static string NewId() => "T-" + Guid.CreateVersion7().ToString("N");

    private static IResult Missing(string id) => IntakeAnswers.Missing(IdOf(id));

    private static IResult Raw(string json) => TypedResults.Text(json, "application/json");
}
