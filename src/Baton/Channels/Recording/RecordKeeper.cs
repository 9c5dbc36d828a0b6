using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Recording;

/// <summary>
/// Writes the record of a decision, and of an end, for the systems that keep tickets: in the transaction of the fact
/// it tells of, so none is forgotten and none is told of that did not happen.
/// </summary>
/// <param name="channels">Asked when the first fact is saved: channels may need what saves facts.</param>
internal sealed class RecordKeeper(Func<ChannelList> channels, Outbox outbox)
{
    private ChannelList? _channels;

    /// <summary>The list is there: it is not asked for any more, which a host that ends could not answer.</summary>
    public void Know(ChannelList list) => _channels = list;

    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var decision = facts.OfType<ConversationEvent.DecisionMade>().LastOrDefault(d => IsNews(d.Outcome));
        var later = Later(before, facts, at);
        if (decision is null && later is null) return [];
        var keepers = (_channels ??= channels()).Recorders;
        if (keepers.Count == 0) return [];
        var now = facts.Aggregate(before, (state, fact) => state.Apply(fact, at));
        foreach (var keeper in keepers)
        {
            if (decision is not null
                && keeper.Records(Subject(transaction, now, decision, keeper, EnumWords.Of(decision.Outcome))))
                outbox.Add(transaction, RecordRows.Row(now, keeper.Name, decision.Turn, null));
            // Closed there already: it would only come back to us.
            if (later is not null && !facts.Any(f => f is ConversationEvent.Closed { By: var by } && by == keeper.Name)
                && keeper.Records(Subject(transaction, now, decision ?? now.LastDecision, keeper, later)))
                outbox.Add(transaction, RecordRows.Row(now, keeper.Name, now.DecidedTurn, later));
        }
        return [];
    }

    /// <summary>What became of a ticket besides its decision, or null.</summary>
    private static string? Later(
        Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (!facts.Any(f => f is ConversationEvent.Closed or ConversationEvent.ResolutionAssumed
            or ConversationEvent.ResolutionConfirmed or ConversationEvent.Claimed or ConversationEvent.OfferAccepted
            or ConversationEvent.Assigned)) return null;
        return facts.Aggregate(before, (state, fact) => state.Apply(fact, at)).Status switch
        {
            ConversationStatus.Closed when before.Status != ConversationStatus.Closed => OutgoingRecord.Closed,
            ConversationStatus.Claimed when before.Status != ConversationStatus.Claimed => RecordSubject.Claimed,
            _ => null,
        };
    }

    /// <summary>A person who answered already, and a text that says "please wait", change no record.</summary>
    private static bool IsNews(OutcomeKind outcome) =>
        outcome is OutcomeKind.Replied or OutcomeKind.Acted or OutcomeKind.Asked or OutcomeKind.Escalated;

    private static RecordSubject Subject(
        WriteTransaction transaction, Conversation ticket, ConversationEvent.DecisionMade? decision, IChannel keeper,
        string outcome) => new(
            ticket.Channel, decision is null ? "" : EnumWords.Of(decision.Route), outcome,
            // The whole stream is read for it, so only where it decides something.
            ticket.Channel == keeper.Name || (outcome is OutgoingRecord.Closed or RecordSubject.Claimed
                && IsKept(transaction, ticket.Id, keeper.Name)));

    private static bool IsKept(WriteTransaction transaction, string ticketId, string system) =>
        RecordRows.Recorded(
            Ledger.Read(transaction, ticketId).Where(e => e.Type == nameof(ConversationEvent.TicketRecorded))
                .Select(e => ConversationJson.Read(e.Type, e.Data.Span)), system) is not null;
}
