using Baton.Conversations;
using Baton.Conversations.ServiceLevels;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Escalation.ServiceLevels;

/// <summary>Keeps clocks, timers and notices of service levels with whatever happens to a ticket.</summary>
internal sealed class ServiceLevelKeeper(PlaybookHost playbooks, Timers timers, Notices notices)
{
    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var playbook = playbooks.Current;
        var follows = ServiceLevelRules.Follow(playbook, before, facts, at);
        var clocks = facts.Concat(follows).Aggregate(before.Clocks, (now, fact) => now.Next(fact, at));
        foreach (var clock in clocks.All)
            if (Next(clock) != Next(before.Clocks[clock.Metric])) SetTimer(transaction, before.Id, clock);
        foreach (var fact in follows) Notify(transaction, playbook, before, fact);
        return follows;
    }

    private static DateTimeOffset? Next(ServiceClock clock) => clock.Counts ? clock.WarnAt ?? clock.DueAt : null;

    private void SetTimer(WriteTransaction transaction, string id, ServiceClock clock)
    {
        var kind = SlaMetric.Timer(clock.Metric);
        if (Next(clock) is { } due) timers.Schedule(transaction, id, kind, due);
        else timers.Cancel(transaction, id, kind);
    }

    private void Notify(
        WriteTransaction transaction, Playbook playbook, Conversation before, ConversationEvent fact)
    {
        var policy = playbook.SlaPolicies.FirstOrDefault(p => p.Name == before.ServiceLevel);
        var (action, metric, late) = fact switch
        {
            ConversationEvent.SlaWarned e => (policy?.OnWarning, e.Metric, false),
            ConversationEvent.SlaBreached e => (policy?.OnBreach, e.Metric, true),
            _ => (null, "", false),
        };
        foreach (var recipient in action?.Notify ?? [])
            notices.Raise(transaction, new Notice
            {
                To = recipient, Urgency = late ? NoticeUrgency.High : NoticeUrgency.Normal,
                Group = $"sla/{before.Id}/{metric}/{(late ? "breach" : "warning")}",
                Title = $"{metric} of ticket {before.Id} {(late ? "is late" : "is due soon")}",
                Text = $"Queue {before.Queue}, policy {policy!.Name}. Open the ticket, or give it to somebody who can.",
            });
    }
}
