namespace Baton.Triage.Intents;

/// <summary>An intent and its probability.</summary>
public readonly record struct IntentCandidate(string Intent, double Probability);

/// <summary>What a text is about, and how sure that is.</summary>
public sealed record IntentPrediction
{
    /// <summary>The likeliest intent.</summary>
    public required string Intent { get; init; }

    /// <summary>
    /// Calibrated probability that <see cref="Intent"/> is right, given that the text is in scope; 0–1.
    /// </summary>
    public required double Confidence { get; init; }

    /// <summary>How far outside of every intent the text lies: 0–1, above 0.5 is out of scope.</summary>
    public required double OutOfScope { get; init; }

    /// <summary>Probability of the first candidate minus that of the second; 1 when there is only one intent.</summary>
    public required double Margin { get; init; }

    /// <summary>Candidates by falling probability; see <see cref="IntentModelOptions.MaxCandidates"/>.</summary>
    public required IReadOnlyList<IntentCandidate> Candidates { get; init; }

    /// <summary>True when no intent should be assumed.</summary>
    public bool IsOutOfScope => OutOfScope > 0.5;

    /// <summary>
    /// One number to rank answers by, for thresholds on automation: the confidence, discounted the more the text lies
    /// out of scope.
    /// </summary>
    public double Certainty => IsOutOfScope ? Confidence * 2 * (1 - OutOfScope) : Confidence;
}

/// <summary>A part of a message and what it is about. Offsets in UTF-16 units.</summary>
public sealed record IntentPart(int Start, int Length, IntentPrediction Prediction)
{
    /// <summary>Whether it, and every other part about the same, is only a greeting or thanks.</summary>
    public bool IsCourtesy { get; init; }
}

/// <summary>
/// One word and what it did for a prediction: by how much the chosen intent's lead (in log-odds against the strongest
/// other intent) falls when the word is taken away. Negative means that it spoke against. Offsets in UTF-16 units.
/// </summary>
public sealed record WordContribution(string Word, int Start, int Length, double Contribution);
