namespace Baton.Playbooks.Rules;

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

    /// <summary>
    /// Urgency from which a ticket gets each priority; below the lowest it is <see cref="Priority.Low"/>.
    /// </summary>
    public IReadOnlyDictionary<Priority, int> PriorityFromUrgency { get; init; } = new Dictionary<Priority, int>
    {
        [Priority.Normal] = 3,
        [Priority.High] = 6,
        [Priority.Urgent] = 8,
    };
}
