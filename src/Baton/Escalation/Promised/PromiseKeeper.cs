using Baton.Conversations;
using Baton.Conversations.Promises;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Escalation.Promised;

/// <summary>Keeps book of promises and calls; raises the alarm when a call is missed.</summary>
internal sealed class PromiseKeeper(Timers timers, Notices notices)
{
    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var follows = PromiseRules.Follow(before, facts, at);
        var now = facts.Concat(follows).Aggregate(before.Promises, (promises, fact) => promises.Next(fact, at));
        if (Next(now) != Next(before.Promises))
        {
            if (Next(now) is { } due) timers.Schedule(transaction, before.Id, PromiseTimer.Kind, due);
            else timers.Cancel(transaction, before.Id, PromiseTimer.Kind);
        }
        if (follows.OfType<ConversationEvent.CallbackMissed>().FirstOrDefault() is { } missed)
            notices.Raise(transaction, new Notice
            {
                To = before.Promises.Callback!.Queue, Urgency = NoticeUrgency.High, Group = Alarm(before),
                Title = $"A call that was promised for ticket {before.Id} is late",
                Text = $"It was due at {missed.DueAt:u}. Call now; the number is in the ticket.",
            });
        if (before.Promises.Callback is { IsOwed: true } && now.Callback is { IsOwed: false })
            notices.Close(transaction, Alarm(before));
        return follows;
    }

    private static string Alarm(Conversation ticket) => $"callback/{ticket.Id}";

    private static DateTimeOffset? Next(TicketPromises promises) => new[]
    {
        promises.Open?.By, promises.Callback is { State: CallbackState.Open } call ? call.DueAt : null,
    }.Min();
}
