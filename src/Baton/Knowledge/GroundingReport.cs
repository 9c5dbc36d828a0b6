namespace Baton.Knowledge;

/// <summary>One sentence of an answer against the passages.</summary>
/// <param name="Sentence">The sentence as it stands in the answer.</param>
/// <param name="Supported">Nothing speaks against it and enough speaks for it.</param>
/// <param name="Score">How likely it is borne out, 0–1.</param>
/// <param name="Problems">What was not found or is said differently, in words for the trace.</param>
public sealed record SentenceGrounding(string Sentence, bool Supported, double Score, IReadOnlyList<string> Problems);

/// <summary>Whether an answer says what its passages say.</summary>
/// <param name="Score">How likely the whole answer is borne out, 0–1; below the threshold when a fact is
/// invented.</param>
/// <param name="Grounded">The score reaches the threshold and every sentence is supported.</param>
/// <param name="Sentences">The sentences in order.</param>
public sealed record GroundingReport(double Score, bool Grounded, IReadOnlyList<SentenceGrounding> Sentences);

/// <summary>How strict the grounding check is.</summary>
public sealed record GroundingOptions
{
    /// <summary>Least score of an answer and of each sentence; default 0.40, range 0–1.</summary>
    public double Threshold { get; init; } = 0.40;

    /// <summary>Names that need no source: the brand, the customer, the agent.</summary>
    public IReadOnlyList<string> KnownNames { get; init; } = [];

    /// <summary>Only this much of the passages is read, in characters; default 200,000.</summary>
    public int LongestSource { get; init; } = 200_000;

    /// <summary>A longer answer is never grounded, in characters; default 20,000.</summary>
    public int LongestAnswer { get; init; } = 20_000;
}
