namespace Baton.Knowledge.Answers;

/// <summary>
/// The probability that the articles answer a question: a logistic function of how well the best passage fits and how
/// much of what was asked it mentions. Words that no article has count as the rarest.
/// </summary>
internal static class Relevance
{
    // Fitted on questions of stackfaq (in its articles) and of banking77 and clinc150 (not in them); how well it
    // separates them is in docs/local-tier/retrieval.md.
    private const double Bias = -3.2;

    /// <summary>Score, share mentioned, share in title and headings, rarity of the rarest word mentioned.</summary>
    private static readonly double[] Weights = [0.12, 1.0, 9.0, 1.0];

    public static double Of(double[] signals)
    {
        var sum = Bias;
        for (var i = 0; i < signals.Length; i++) sum += Weights[i] * signals[i];
        return 1 / (1 + Math.Exp(-sum));
    }
}
