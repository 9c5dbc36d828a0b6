using Baton.Conversations;
using Baton.Playbooks;
using Baton.Playbooks.Rules;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>A target that starts: it breaches at <paramref name="DueAt"/>, not at the next reply.</summary>
/// <param name="Metric">One of <see cref="SlaMetric"/>.</param>
/// <param name="Length">In the hours it counts in.</param>
public sealed record SlaTarget(
    string Policy, string Metric, Instant DueAt, Instant WarnAt, Duration Length, bool BusinessHours)
{
    /// <summary>The promise of the kill switch, in calendar time; warned of at three quarters.</summary>
    public static SlaTarget OfKillSwitch(Duration promised, Instant now) => new(
        "kill_switch", SlaMetric.FirstReply, now + promised, now + promised * 0.75, promised, BusinessHours: false);

    /// <summary>The fact that it started.</summary>
    public ConversationEvent.SlaStarted ToFact() => new(
        Policy, Metric, DueAt.ToDateTimeOffset(), WarnAt.ToDateTimeOffset(), (long)Length.TotalMilliseconds,
        BusinessHours);
}

/// <summary>
/// Service-level targets, by Zendesk's rules: the first policy whose condition holds, targets by priority.
/// </summary>
public static class SlaClock
{
    /// <summary>The policy of a ticket; null when none holds.</summary>
    public static SlaPolicy? PolicyOf(Playbook playbook, RuleFacts facts) =>
        playbook.SlaPolicies.FirstOrDefault(p => p.When?.Holds(facts) ?? true);

    /// <summary>The targets that start with an escalation; empty when the policy has none for the priority.</summary>
    public static IReadOnlyList<SlaTarget> Start(SlaPolicy policy, Priority priority, Queue queue, Instant now) =>
    [
        .. ((string[])[SlaMetric.FirstReply, SlaMetric.RequesterWait, SlaMetric.Resolution])
            .Select(metric => Start(policy, priority, metric, queue, now)).OfType<SlaTarget>(),
    ];

    /// <summary>One target that starts; null when the policy has none for the priority.</summary>
    public static SlaTarget? Start(SlaPolicy policy, Priority priority, string metric, Queue? queue, Instant now)
    {
        if (!policy.Targets.TryGetValue(priority, out var targets) || targets.Of(metric) is not { } length) return null;
        var business = targets.BusinessHours;
        return new SlaTarget(
            policy.Name, metric, Add(queue, business, now, length), Add(queue, business, now, length * policy.WarnAt),
            length, business);
    }

    /// <summary>
    /// Share of the first-reply target used up since <paramref name="start"/>, in the hours the target counts in, from
    /// 0 to 1; 0 without a target.
    /// </summary>
    public static double FirstReplyUsed(
        Playbook playbook, RuleFacts facts, Priority priority, Queue queue, Instant start, Instant now) =>
        PolicyOf(playbook, facts) is { } policy && policy.Targets.TryGetValue(priority, out var targets)
            && targets.FirstReply is { } target
            ? Math.Clamp(Counted(queue, targets.BusinessHours, start, now) / target, 0, 1)
            : 0;

    /// <summary>
    /// The end of a target. More work than a year has staffed time is due when that time ends; a queue that is never
    /// staffed is counted in calendar time rather than never. Either way a longer target is never due before a shorter
    /// one.
    /// </summary>
    /// <param name="queue">Whose hours count; null counts calendar time.</param>
    public static Instant Add(Queue? queue, bool business, Instant from, Duration length)
    {
        if (length <= Duration.Zero) return from;
        var due = business && queue is not null
            ? StaffedHours.AddStaffed(queue, from, length) ?? StaffedHours.LastStaffed(queue, from)
            : null;
        return due ?? from + length;
    }

    /// <summary>Time that counts between two moments, in the same hours as <see cref="Add"/>.</summary>
    public static Duration Counted(Queue? queue, bool business, Instant from, Instant until)
    {
        if (until <= from) return Duration.Zero;
        return business && queue is not null && StaffedHours.NextStaffed(queue, from) is not null
            ? StaffedHours.StaffedBetween(queue, from, until)
            : until - from;
    }
}
