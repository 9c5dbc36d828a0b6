using Baton.Playbooks;
using NodaTime;

namespace Baton.Escalation.Queues;

/// <summary>One running target: it breaches at <paramref name="DueAt"/>, not at the next reply.</summary>
/// <param name="Metric"><c>first_reply</c> or <c>resolution</c>.</param>
public sealed record SlaTarget(string Policy, string Metric, Instant DueAt);

/// <summary>Service-level targets, by Zendesk's rules: the first policy whose condition holds, targets by priority.</summary>
public static class SlaClock
{
    /// <summary>The targets that start with an escalation; empty when no policy has one for the priority.</summary>
    public static IReadOnlyList<SlaTarget> Start(
        Playbook playbook, RuleFacts facts, Priority priority, Queue queue, Instant now)
    {
        var policy = playbook.SlaPolicies.FirstOrDefault(p => p.When?.Holds(facts) ?? true);
        if (policy is null || !policy.Targets.TryGetValue(priority, out var targets)) return [];
        var started = new List<SlaTarget>(2);
        Add(started, policy, "first_reply", targets.FirstReply, targets, queue, now);
        Add(started, policy, "resolution", targets.Resolution, targets, queue, now);
        return started;
    }

    private static void Add(
        List<SlaTarget> started, SlaPolicy policy, string metric, Duration? target, SlaTargets targets, Queue queue,
        Instant now)
    {
        if (target is not { } duration) return;
        // A queue without staffed time within the horizon is counted in calendar time rather than never.
        var due = targets.BusinessHours ? StaffedHours.AddStaffed(queue, now, duration) : null;
        started.Add(new SlaTarget(policy.Name, metric, due ?? now + duration));
    }
}
