using System.Globalization;
using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Decisions.Turns;

/// <summary>
/// What a turn lacked to be answered from the articles: how probably right the reply would have had to be.
/// </summary>
internal static class NearlyAnswered
{
    /// <summary>The word for it wherever people read it.</summary>
    internal const string Measure = "answer probability";

    private const string Opening = $"{Measure} ";

    /// <summary>Whether one of a decision's counterfactuals says that only the probability was missing.</summary>
    public static bool IsAmong(IReadOnlyList<string> counterfactuals) =>
        counterfactuals.Any(c => c.StartsWith(Opening, StringComparison.Ordinal));

    /// <summary>One sentence, or none where the articles were not asked or would not have decided.</summary>
    public static IEnumerable<string> Of(Turn turn, EscalationFacts facts, PolicyVerdict verdict)
    {
        if (facts is not { Accepted: false, Autonomy: AutonomyRung.Auto, AnswerProbability: { } probability }
            || verdict.Route is Route.Auto)
            yield break;
        // Where nothing fits, nothing was nearly answered.
        if (probability < turn.OfferFrom) yield break;
        var surer = TurnFacts.WithTriggers(turn, facts with { Accepted = true, AnswerProbability = 1, Answer = null });
        if (EscalationPolicy.Evaluate(turn.Playbook, surer).Route != Route.Auto) yield break;
        var needed = turn.AnswerFrom;
        yield return $"{Opening}{Text(probability)} → {Text(needed.Value)}"
            + $"{(needed.For is { } kind ? $" ({kind})" : "")}: the articles would have answered it";
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
