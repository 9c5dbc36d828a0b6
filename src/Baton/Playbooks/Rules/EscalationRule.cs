using Baton.Playbooks.Models;

namespace Baton.Playbooks.Rules;

/// <summary>A condition and what follows when it holds.</summary>
public sealed record EscalationRule(string Name, Condition When, RuleOutcome Then);

/// <summary>What a rule or a trigger asks for. A part that is null leaves that part to the routing policy.</summary>
/// <param name="Regulated">The conversation's words go only to providers that may see such ones; see <see
/// cref="RegulatedPolicy"/>.</param>
public sealed record RuleOutcome(Route? Route, Priority? Priority = null, string? Queue = null, bool Regulated = false);
