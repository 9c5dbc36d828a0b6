using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Measured;

namespace Baton.Insights;

/// <summary>
/// Writes <c>insight_facts</c>, a row for each change of a figure, in the transaction of the event. No row is shared by
/// two tickets: what adds up is made of them later, by <see cref="InsightSweep"/>.
/// </summary>
internal static class InsightTables
{
    /// <summary>How a rebuild writes these tables anew.</summary>
    public static readonly ReadTable ReadTable =
        new("insights", ["insight_facts", "insight_days", "insight_slots"], Rebuild) { Settle = InsightFolding.Fold };

    /// <inheritdoc cref="FollowUp"/>
    public static IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var (tally, version) = (before.Tally, before.Version);
        foreach (var fact in facts)
        {
            tally = tally.Next(fact, at);
            Write(transaction, before.Id, ++version, tally.Changes, at);
        }
        return [];
    }

    private static void Rebuild(WriteTransaction transaction, string id, IReadOnlyList<StoredEvent> events)
    {
        if (ReservedStreams.Includes(id)) return;
        var tally = TicketTally.None;
        foreach (var stored in events)
        {
            tally = tally.Next(ConversationJson.Read(stored.Type, stored.Data.Span), stored.At);
            Write(transaction, id, stored.Version, tally.Changes, stored.At);
        }
    }

    private static void Write(
        WriteTransaction transaction, string id, long version, IReadOnlyList<TallyChange> changes, DateTimeOffset at)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var ((figure, day, cuts, amount, step, turn), sign) = (changes[i].Fact, changes[i].Sign);
            transaction.Execute(
                """
                insert into insight_facts (conversation_id, version, place, figure, day, sign, amount, step, turn,
                    route, intent, queue, rule, tier, model, person, folded, slot)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, $17)
                """,
                id, version, (long)i, figure, day, (long)sign, amount, (long)step, (long)turn,
                cuts.Route is { } route ? EnumWords.Of(route) : null, cuts.Intent, cuts.Queue, cuts.Rule, cuts.Tier,
                cuts.Model, cuts.Person, SeriesRows.MinuteOf(at));
        }
    }
}
