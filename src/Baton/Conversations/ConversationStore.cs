using Baton.Conversations.Clearing;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Conversations;

/// <summary>
/// Loads conversations from the ledger and saves new facts together with the tables that follow from them.
/// </summary>
internal sealed class ConversationStore(Database database, FactClearance clearance, IEnumerable<FollowUp> followUps)
{
    /// <summary>Folded states kept in memory, so that a long conversation is not read again for every turn.</summary>
    private const int Cached = 2_000;

    private readonly BoundedCache<string, Conversation> _states = new(Cached);
    private readonly FollowUp[] _followUps = [.. followUps];

    public Database Database { get; } = database;

    /// <summary>The conversation as it is now; version 0 when there is none.</summary>
    public Conversation Load(string id) => Database.Read(connection => Load(connection, id));

    /// <inheritdoc cref="Load(string)"/>
    public Conversation Load(ReadConnection connection, string id)
    {
        var state = _states.Find(id) ?? new Conversation { Id = id };
        foreach (var stored in Ledger.Read(connection, id, state.Version + 1))
            state = state.Apply(ConversationJson.Read(stored.Type, stored.Data.Span), stored.At);
        return state;
    }

    /// <summary>What saving facts needs to know of them; before the transaction, it keeps no writer waiting.</summary>
    public ReadFact[] Read(IReadOnlyList<ConversationEvent> facts) => clearance.Read(facts);

    /// <summary>
    /// Appends facts, cleared of personal data, and what follows from them, and writes the tables. Null when somebody
    /// else appended first: load again and decide again.
    /// </summary>
    /// <param name="transaction">The transaction that also writes messages, jobs and timers.</param>
    /// <param name="before">The state the facts were decided on.</param>
    public Conversation? Save(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at) =>
        Save(transaction, before, Read(facts), at, out _);

    /// <inheritdoc cref="Save(WriteTransaction, Conversation, IReadOnlyList{ConversationEvent}, DateTimeOffset)"/>
    /// <param name="stored">The facts as the ledger holds them: whatever else is stored is made of these.</param>
    public Conversation? Save(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ReadFact> facts, DateTimeOffset at,
        out IReadOnlyList<ConversationEvent> stored)
    {
        var all = new List<ConversationEvent>(facts.Count);
        stored = all;
        if (!Append(transaction, before, facts, at, all)) return null;
        foreach (var followUp in _followUps)
            if (followUp(transaction, before, all, at) is { Count: > 0 } more)
                Append(transaction, before, Read(more), at, all);
        if (all.Count == 0) return before;
        var now = all.Aggregate(before, (state, fact) => state.Apply(fact, at));
        ConversationTables.Write(transaction, before.Version == 0 ? null : before, now);
        return now;
    }

    /// <param name="appended">What this save has appended so far; the new facts are added.</param>
    private bool Append(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ReadFact> facts, DateTimeOffset at,
        List<ConversationEvent> appended)
    {
        var rows = new NewEvent[facts.Count];
        var expected = before.Version + appended.Count;
        for (var i = 0; i < rows.Length; i++)
        {
            var fact = clearance.Clear(transaction, before.Id, facts[i]);
            appended.Add(fact.Fact);
            rows[i] = new NewEvent(fact.Type, at, fact.Json);
        }
        if (Ledger.Append(transaction, before.Id, expected, rows) is not AppendOutcome.Conflict) return true;
        _states.Forget(before.Id);
        return false;
    }

    /// <summary>Keeps a state that is on the disk. Call after the commit only.</summary>
    public void Remember(Conversation state) => _states.Set(state.Id, state);

    /// <summary>
    /// Conversations of a customer that started in the 30 days before a moment, this one not counted.
    /// </summary>
    public int RecentTickets(string customerId, string notThis, DateTimeOffset before) =>
        (int)Database.Read(c => c.Number(
            """
            select count(*) from conversations
            where customer_id = $1 and started_at > $2 and started_at <= $3 and conversation_id <> $4
            """,
            customerId, SqlValue.Ms(before.AddDays(-30)), SqlValue.Ms(before), notThis) ?? 0);
}
