using Baton.Playbooks;
using Baton.Playbooks.Rules;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>One running target: it breaches at <paramref name="DueAt"/>, not at the next reply.</summary>
/// <param name="Metric">One of <see cref="SlaMetric"/>.</param>
public sealed record SlaTarget(string Policy, string Metric, Instant DueAt);

/// <summary>
/// Service-level targets, by Zendesk's rules: the first policy whose condition holds, targets by priority.
/// </summary>
public static class SlaClock
{
    /// <summary>The targets that start with an escalation; empty when no policy has one for the priority.</summary>
    public static IReadOnlyList<SlaTarget> Start(
        Playbook playbook, RuleFacts facts, Priority priority, Queue queue, Instant now)
    {
        if (Targets(playbook, facts, priority) is not var (policy, targets)) return [];
        var started = new List<SlaTarget>(2);
        Add(started, policy, SlaMetric.FirstReply, targets.FirstReply, targets, queue, now);
        Add(started, policy, SlaMetric.Resolution, targets.Resolution, targets, queue, now);
        return started;
    }

    /// <summary>
    /// Share of the first-reply target used up since <paramref name="start"/>, in the hours the target counts in, from
    /// 0 to 1; 0 without a target.
    /// </summary>
    public static double FirstReplyUsed(
        Playbook playbook, RuleFacts facts, Priority priority, Queue queue, Instant start, Instant now)
    {
        if (Targets(playbook, facts, priority) is not (_, { FirstReply: { } target } targets)) return 0;
        var counted = targets.BusinessHours && StaffedHours.NextStaffed(queue, start) is not null
            ? StaffedHours.StaffedBetween(queue, start, now)
            : now - start;
        return Math.Clamp(counted / target, 0, 1);
    }

    private static (SlaPolicy Policy, SlaTargets Targets)? Targets(
        Playbook playbook, RuleFacts facts, Priority priority)
    {
        var policy = playbook.SlaPolicies.FirstOrDefault(p => p.When?.Holds(facts) ?? true);
        return policy is not null && policy.Targets.TryGetValue(priority, out var targets) ? (policy, targets) : null;
    }

    private static void Add(
        List<SlaTarget> started, SlaPolicy policy, string metric, Duration? target, SlaTargets targets, Queue queue,
        Instant now)
    {
        if (target is not { } duration) return;
        // More work than a year has staffed time is due when that time ends; a queue that is never staffed is counted
        // in calendar time rather than never. Either way a longer target is never due before a shorter one.
        var due = targets.BusinessHours
            ? StaffedHours.AddStaffed(queue, now, duration) ?? StaffedHours.LastStaffed(queue, now)
            : null;
        started.Add(new SlaTarget(policy.Name, metric, due ?? now + duration));
    }
}
