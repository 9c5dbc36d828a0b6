using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Ladder;

/// <summary>What became of the drafts of an intent.</summary>
/// <param name="Slightly">Edited, with at most <see cref="DraftFates.Slight"/> of the words changed.</param>
/// <param name="Changed">Of the words of edited ones, the share that was changed, on average.</param>
internal sealed record DraftCounts(string Intent, int Sent, int Slightly, int Edited, int Discarded, double Changed)
{
    public int All => Sent + Slightly + Edited + Discarded;

    /// <summary>Sent as they were, or nearly.</summary>
    public int Good => Sent + Slightly;

    public Interval Interval => Interval.Wilson(Good, All);
}

/// <summary>
/// Writes <c>draft_fates</c>: a row for each draft that a person sent, edited or discarded. Writing something else
/// instead discards it as well.
/// </summary>
internal static class DraftFates
{
    /// <summary>Of the words, so many may be changed in a draft that counts as good.</summary>
    public const double Slight = 0.10;

    private const string None = "none";

    /// <summary>How a rebuild writes this table anew.</summary>
    public static readonly ReadTable ReadTable = new("drafts", ["draft_fates"], Rebuild);

    /// <inheritdoc cref="FollowUp"/>
    public static IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        Write(transaction, before.Id, before.Draft, before.LastIntent, facts, at);
        return [];
    }

    /// <summary>By intent, since a moment; the most drafts first.</summary>
    public static List<DraftCounts> Since(ReadConnection connection, DateTimeOffset since) => connection.Query(
        """
        select intent, sum(case fate when 'sent' then 1 else 0 end),
            sum(case when fate = 'edited' and changed <= $2 then 1 else 0 end),
            sum(case when fate = 'edited' and changed > $2 then 1 else 0 end),
            sum(case fate when 'discarded' then 1 else 0 end),
            coalesce(avg(case fate when 'edited' then changed end), 0.0)
        from draft_fates where at_ms >= $1 group by intent order by count(*) desc, intent
        """,
        row => new DraftCounts(row.Text(0), row.Int32(1), row.Int32(2), row.Int32(3), row.Int32(4), row.Double(5)),
        SqlValue.Ms(since), Slight);

    private static void Rebuild(WriteTransaction transaction, string id, IReadOnlyList<StoredEvent> events)
    {
        if (ReservedStreams.Includes(id)) return;
        var state = new Conversation { Id = id };
        List<ConversationEvent> facts = [.. events.Select(e => ConversationJson.Read(e.Type, e.Data.Span))];
        for (var i = 0; i < facts.Count; i++)
        {
            // The reply follows what was done with the draft; one without a draft is a fate of its own.
            var uses = facts[i] is ConversationEvent.DraftSent or ConversationEvent.DraftEdited;
            Write(transaction, id, state.Draft, state.LastIntent, [.. facts.Skip(i).Take(2).TakeWhile(
                (fact, at) => at == 0 || (uses && fact is ConversationEvent.AgentReplied))], events[i].At);
            state = state.Apply(facts[i], events[i].At);
        }
    }

    private static void Write(
        WriteTransaction transaction, string id, ConversationEvent.DraftWritten? draft, string? intent,
        IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (draft is null) return;
        var reply = facts.OfType<ConversationEvent.AgentReplied>().FirstOrDefault();
        var fate = facts.Select(fact => fact switch
        {
            ConversationEvent.DraftSent => "sent",
            ConversationEvent.DraftEdited => "edited",
            ConversationEvent.DraftDiscarded => "discarded",
            _ => null,
        }).FirstOrDefault(word => word is not null) ?? (reply is null ? null : "discarded");
        if (fate is null) return;
        transaction.Execute(
            """
            insert into draft_fates (conversation_id, turn, intent, fate, changed, at_ms) values ($1, $2, $3, $4, $5, $6)
            on conflict (conversation_id, turn) do nothing
            """,
            id, (long)draft.Turn, intent ?? None, fate,
            fate == "edited" && reply is not null ? WordDistance.Of(draft.Text, reply.Text) : 0, SqlValue.Ms(at));
    }
}
