using Baton.Playbooks.Models;

namespace Baton.Playbooks.Rules;

/// <summary>A condition and what follows when it holds.</summary>
public sealed record EscalationRule(string Name, Condition When, RuleOutcome Then);

/// <summary>What a rule or a trigger asks for. A part that is null leaves that part to the routing policy.</summary>
/// <param name="Regulated">The conversation's words go only to providers that may see such ones; see <see
/// cref="RegulatedPolicy"/>.</param>
public sealed record RuleOutcome(Route? Route, Priority? Priority = null, string? Queue = null, bool Regulated = false);

/// <summary>Settings of one trigger. A trigger without an outcome is a fact for rules and nothing more.</summary>
public sealed record TriggerPolicy
{
    /// <summary>One of the trigger names of the product, e.g. <c>negative_trajectory</c>.</summary>
    public required string Name { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>The number the signal is held against, in the trigger's own unit; null takes its default.</summary>
    public double? Threshold { get; init; }

    /// <summary>Further words or phrases that fire a word trigger, besides the built-in ones.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>What follows when it fires and no rule decided.</summary>
    public RuleOutcome? Then { get; init; }
}

/// <summary>
/// Scored routing for turns that no rule decided: <c>pressure = Σ weight · scale</c> over urgency, complexity and
/// unhappiness (10 − sentiment); below <see cref="L2From"/> it is <c>l1</c>, below <see cref="L3From"/> <c>l2</c>.
/// </summary>
public sealed record RoutingPolicy
{
    public double UrgencyWeight { get; init; } = 0.45;

    public double ComplexityWeight { get; init; } = 0.35;

    public double UnhappinessWeight { get; init; } = 0.20;

    public double L2From { get; init; } = 6;

    public double L3From { get; init; } = 8;

    /// <summary>The queue of each route from <c>l1</c> up when neither rule nor intent names one.</summary>
    public required IReadOnlyDictionary<Route, string> Queues { get; init; }

    /// <summary>Urgency from which a ticket gets each priority; below the lowest it is <see cref="Priority.Low"/>.</summary>
    public IReadOnlyDictionary<Priority, int> PriorityFromUrgency { get; init; } = new Dictionary<Priority, int>
    {
        [Priority.Normal] = 3,
        [Priority.High] = 6,
        [Priority.Urgent] = 8,
    };
}
