using Baton.Escalation;

namespace Baton.Decisions.Turns;

/// <summary>
/// Asks the policy once per state of knowledge: the last verdict stands as long as the facts are the same. In a turn of
/// the local tier that is once before an answer and, when one was tried, once with it; a model's opinion adds a third
/// time.
/// </summary>
internal sealed class TurnPolicy(Turn turn)
{
    private EscalationFacts? _known;
    private (EscalationFacts Facts, PolicyVerdict Verdict) _last;

    /// <summary>The facts with their triggers, and what the policy makes of them.</summary>
    /// <param name="findings">The turn's, or what they would be with one more.</param>
    public (EscalationFacts Facts, PolicyVerdict Verdict) Ask(TurnFindings findings)
    {
        var known = TurnFacts.Of(turn, findings);
        if (known == _known) return _last;
        var facts = TurnFacts.WithTriggers(turn, known);
        (_known, _last) = (known, (facts, EscalationPolicy.Evaluate(turn.Playbook, facts)));
        return _last;
    }
}
