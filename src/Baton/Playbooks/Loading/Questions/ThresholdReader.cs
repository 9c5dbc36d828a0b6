using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Questions;

/// <summary>Reads <c>thresholds</c> of <c>playbook.yaml</c>.</summary>
internal static class ThresholdReader
{
    private const decimal LeastAnswer = 0.5m, LeastOffer = 0.01m;

    public static Thresholds Read(Section thresholds, LoadState state)
    {
        var defaults = new Thresholds();
        var answer = Of(thresholds, "answer", defaults.Answer, LeastAnswer, state);
        var offer = Of(thresholds, "offer", defaults.Offer, LeastOffer, state);
        var triage = Of(thresholds, "triage_confidence", defaults.TriageConfidence, 0, state);
        var read = new Thresholds
        {
            TriageConfidence = triage.General, TriageConfidenceBy = triage.ByKind,
            DecisionConfidence = thresholds.Number("decision_confidence", defaults.DecisionConfidence, 0, 1),
            AnswerRelevance = thresholds.Number("answer_relevance", defaults.AnswerRelevance, 0, 1),
            Answer = answer.General, AnswerBy = answer.ByKind, Offer = offer.General, OfferBy = offer.ByKind,
            ToneConfidence = thresholds.Number("tone_confidence", defaults.ToneConfidence, 0, 1),
            ComplexityConfidence = thresholds.Number("complexity_confidence", defaults.ComplexityConfidence, 0, 1),
            DraftConfidence = thresholds.Number("draft_confidence", defaults.DraftConfidence, 0, 1),
        };
        thresholds.Close();
        return read;
    }

    /// <summary>Names values by class or tier that the playbook's labelled tickets forbid.</summary>
    public static void WarnOfUnheard(Thresholds thresholds, AnswerWeights? answers, ProblemList problems)
    {
        if (answers is null) return;
        foreach (var own in thresholds.AnswerBy.All)
            if (own.Value < answers.Point95)
                problems.Warn("playbook.yaml", 1, null,
                    $"thresholds.answer of {own.For} is {own.Value}, and answers need {answers.Point95:0.00}: "
                    + "the 95 % point of answers.yaml holds instead");
    }

    /// <summary>A number, or a mapping with a number for all and others by class and tier.</summary>
    private static (double General, ThresholdsByKind ByKind) Of(
        Section thresholds, string name, double otherwise, decimal least, LoadState state)
    {
        if (thresholds.Optional(name) is not YamlValue.Mapping)
            return (thresholds.Number(name, otherwise, least, 1), ThresholdsByKind.None);
        var section = thresholds.Child(name)!.Called($"thresholds.{name}");
        var general = section.Number("default", otherwise, least, 1);
        var classes = new Dictionary<IntentClass, double>();
        foreach (var (key, value) in Numbers(section, "class", least))
            if (section.Choice<IntentClass>(key, "class") is { } of) classes[of] = value;
        var tiers = new Dictionary<string, double>();
        foreach (var (key, value) in Numbers(section, "tier", least))
            if (state.Tiers.Check(key, section.What, state.Problems)) tiers[key.Text] = value;
        section.Close();
        return (general, new ThresholdsByKind { Classes = classes, Tiers = tiers });
    }

    private static IEnumerable<(Located Key, double Value)> Numbers(Section section, string name, decimal least)
    {
        if (section.Child(name) is not { } values) yield break;
        foreach (var entry in values.Entries)
            if (values.Number(entry.Key, least, 1) is { } number)
                yield return (new Located(entry.Key, section.File, entry.Line, entry.Column), (double)number);
    }
}
