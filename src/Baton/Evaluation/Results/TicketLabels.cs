using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Evaluation.Drafting;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Results;

/// <summary>A real ticket that nobody has labelled yet.</summary>
/// <param name="Asked">What the customer wrote first, redacted.</param>
internal sealed record UnlabelledTicket(string Id, string Channel, string Asked, Decision? Decision);

/// <summary>What people say real tickets should have come to: a golden set that grows from traffic.</summary>
internal sealed class TicketLabels(Database database)
{
    /// <summary>How many are labelled.</summary>
    public long Count => database.Read(c => c.Number("select count(*) from eval_labels")) ?? 0;

    /// <summary>
    /// The ticket that a label is missed of most, else the newest without one; null when there is none among the
    /// newest.
    /// </summary>
    public UnlabelledTicket? Next()
    {
        if (Count > 0 && new GoldenGrowth(database, this).Propose(1) is [var wanted]) return wanted.Ticket;
        var labelled = database.Read(c => c.Query("select conversation_id from eval_labels", r => r.Text(0))).ToHashSet();
        foreach (var id in AskedMessages.Newest(database))
            if (!labelled.Contains(id) && Find(id) is { } ticket) return ticket;
        return null;
    }

    /// <summary>Takes a label; false when there is no such ticket or no such outcome.</summary>
    public async Task<bool> SetAsync(string id, string outcome, string by, CancellationToken cancellationToken)
    {
        if (!Expectation.Outcomes.Contains(outcome) || Find(id) is null) return false;
        await database.WriteAsync(t => t.Execute(
            """
            insert into eval_labels (conversation_id, outcome, labelled_by, at_ms) values ($1, $2, $3, $4)
            on conflict (conversation_id) do update set outcome = $2, labelled_by = $3, at_ms = $4
            """,
            id, outcome, by, SqlValue.Ms(database.Clock.GetUtcNow())), cancellationToken);
        return true;
    }

    /// <summary>A ticket that is erased is no example any more.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) =>
        transaction.Execute("delete from eval_labels where conversation_id = $1", ticket);

    /// <summary>Labelled tickets as lines of a set, redacted, oldest label first.</summary>
    public IEnumerable<string> Export()
    {
        var labels = database.Read(c => c.Query(
            "select conversation_id, outcome from eval_labels order by at_ms, conversation_id",
            row => (Id: row.Text(0), Outcome: row.Text(1))));
        foreach (var (id, outcome) in labels)
            if (Find(id) is { } ticket)
                yield return new JsonObject
                {
                    ["id"] = id, ["channel"] = ticket.Channel, ["body"] = ticket.Asked,
                    ["expect"] = new JsonObject { ["outcome"] = outcome },
                }.ToJsonString();
    }

    /// <summary>Labels of a set for tickets that are here; those that are not are left out.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> ImportAsync(
        IReadOnlyList<LabelledTicket> tickets, string by, CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var ticket in tickets)
            if (await SetAsync(ticket.Id, ticket.Expect.Outcome, by, cancellationToken)) taken++;
        return taken;
    }

    /// <summary>A ticket as somebody labels it; null when there is none, or it says nothing.</summary>
    public UnlabelledTicket? Find(string id)
    {
        var facts = database.Read(c => Ledger.Read(c, id)).ConvertAll(e => ConversationJson.Read(e.Type, e.Data.Span));
        var first = facts.OfType<ConversationEvent.MessageReceived>().FirstOrDefault(m => m.From == Author.Customer);
        if (first is not { Text.Length: > 0 }) return null;
        return new UnlabelledTicket(
            id, facts.OfType<ConversationEvent.ConversationStarted>().FirstOrDefault()?.Channel ?? "", first.Text,
            database.Read(c => StoredDecision.Last(c, id))?.View);
    }
}
