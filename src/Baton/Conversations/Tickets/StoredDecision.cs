using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Baton.Conversations.Findings;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations.Tickets;

/// <summary>A decision as the events of its turn tell it; it is stored nowhere else.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Facts">Everything since the decision before it.</param>
internal sealed record StoredDecision(
    string TicketId, ConversationEvent.DecisionMade Made, DateTimeOffset At, IReadOnlyList<ConversationEvent> Facts)
{
    public Decision View => DecisionView.Of(TicketId, Facts) is { Actions: [_, ..] } acted
        ? acted with { Actions = Undone.Aggregate(acted.Actions.ToImmutableList(), ActionsTaken.With) }
        : DecisionView.Of(TicketId, Facts);

    /// <summary>What people had taken back since.</summary>
    private IReadOnlyList<ConversationEvent.ActionUndone> Undone { get; init; } = [];

    /// <summary>The decision for somebody who looks at it.</summary>
    public async ValueTask<JsonObject> WithAsync(AddWords words, CancellationToken cancellationToken)
    {
        var decision = JsonObject.Create(ConversationJson.Element(View))!;
        await words(TicketId, Made.Turn, decision, cancellationToken);
        return decision;
    }

    /// <summary>The last decision of a ticket, or null.</summary>
    public static StoredDecision? Last(ReadConnection connection, string ticketId) =>
        connection.Number("select turn from decisions where conversation_id = $1 limit 1", ticketId) is null ? null
            : Last(ticketId, Ledger.Read(connection, ticketId));

    private static StoredDecision? Last(string ticketId, IReadOnlyList<StoredEvent> events) =>
        Of(ticketId, events).LastOrDefault() is { } last
            ? last with
            {
                Undone =
                [
                    .. events.Where(e => e.Type == nameof(ConversationEvent.ActionUndone))
                        .Select(e => ConversationJson.Read(e.Type, e.Data.Span))
                        .OfType<ConversationEvent.ActionUndone>(),
                ],
            }
            : null;

    /// <summary>
    /// The decision of a turn, or of a later one that answered it together with its own.
    /// </summary>
    public static StoredDecision? From(ReadConnection connection, string ticketId, int turn) =>
        connection.Number(
            "select turn from decisions where conversation_id = $1 and turn >= $2 limit 1",
            ticketId, (long)turn) is null ? null
            : Of(ticketId, Ledger.Read(connection, ticketId)).FirstOrDefault(d => d.Made.Turn >= turn);

    /// <summary>All decisions of a ticket, in order.</summary>
    public static IEnumerable<StoredDecision> Of(string ticketId, IEnumerable<StoredEvent> events)
    {
        var facts = new List<ConversationEvent>();
        ConversationEvent.DecisionMade? made = null;
        var at = default(DateTimeOffset);
        foreach (var stored in events)
        {
            var fact = ConversationJson.Read(stored.Type, stored.Data.Span);
            // A turn's events end where the next message, or anything a person does, begins.
            if (made is not null && DecisionBoundary.Ends(fact))
            {
                yield return new StoredDecision(ticketId, made, at, facts);
                (made, facts) = (null, []);
            }
            facts.Add(fact);
            if (fact is ConversationEvent.DecisionMade decision) (made, at) = (decision, stored.At);
        }
        if (made is not null) yield return new StoredDecision(ticketId, made, at, facts);
    }
}
