namespace Baton.Playbooks;

/// <summary>Confidence floors, 0 to 1, and what counts as too little.</summary>
public sealed record Thresholds
{
    /// <summary>Below this the turn goes to a stronger tier; with none left, to a person.</summary>
    public double TriageConfidence { get; init; } = 0.70;

    /// <summary>Where <see cref="TriageConfidence"/> is another for some tickets.</summary>
    public ThresholdsByKind TriageConfidenceBy { get; init; } = ThresholdsByKind.None;

    /// <summary>The <see cref="TriageConfidence"/> of a reading that came out as this class.</summary>
    /// <param name="of">Null when no intent was found.</param>
    public double TriageConfidenceFor(IntentClass? of, string tier) =>
        TriageConfidenceBy.For(TriageConfidence, of, tier).Value;

    /// <summary>Below this no automatic answer is sent and the decision is marked for review.</summary>
    public double DecisionConfidence { get; init; } = 0.70;

    /// <summary>Below this the articles are taken not to answer the question.</summary>
    public double AnswerRelevance { get; init; } = 0.50;

    /// <summary>
    /// From this probability of being right a reply made of articles is sent by itself; for playbooks with questions.
    /// </summary>
    public double Answer { get; init; } = 0.87;

    /// <summary>Where <see cref="Answer"/> is another for some tickets.</summary>
    public ThresholdsByKind AnswerBy { get; init; } = ThresholdsByKind.None;

    /// <summary>
    /// From this probability of being right a reply that is not sent becomes offers to the customer and a draft for the
    /// person.
    /// </summary>
    public double Offer { get; init; } = 0.20;

    /// <summary>Where <see cref="Offer"/> is another for some tickets.</summary>
    public ThresholdsByKind OfferBy { get; init; } = ThresholdsByKind.None;

    /// <summary>Below this the tone is read again by a stronger tier, when one is configured.</summary>
    public double ToneConfidence { get; init; } = 0.70;

    /// <summary>The same for the complexity.</summary>
    public double ComplexityConfidence { get; init; } = 0.70;

    /// <summary>The same for the answer: below it a model may write one from the articles. 1 always asks.</summary>
    public double DraftConfidence { get; init; } = 0.70;
}
