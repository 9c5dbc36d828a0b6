using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Escalation;

/// <summary>A route and what chose it. <paramref name="Pressure"/> is set when scored routing did.</summary>
internal sealed record PolicyChoice(
    Route Route, string By, RuleOutcome? Outcome = null, double? Pressure = null, string? Why = null)
{
    /// <summary>Nothing speaks against an automatic answer.</summary>
    public static readonly PolicyChoice Answer = new(Route.Auto, "answer");
}
