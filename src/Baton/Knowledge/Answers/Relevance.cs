namespace Baton.Knowledge.Answers;

/// <summary>
/// The probability that an answer is the right one: a logistic function of how well the best passage fits and how much
/// of what was asked it mentions. Words that no article has count as the rarest.
/// </summary>
internal static class Relevance
{
    // Made by fit-relevance in bench/Baton.Benchmarks: right answers against the best wrong ones, whose words look
    // alike. How well it separates them is in docs/local-tier/retrieval.md.
    private const double Bias = -1.337;

    /// <summary>
    /// Score, share mentioned, share in the title, share in the headings, share in the answer, rarity of the rarest
    /// word mentioned.
    /// </summary>
    private static readonly double[] Weights = [0.429, 0.639, 3.016, 1.359, -0.247, -0.635];

    public static double Of(double[] signals)
    {
        var sum = Bias;
        for (var i = 0; i < signals.Length; i++) sum += Weights[i] * signals[i];
        return 1 / (1 + Math.Exp(-sum));
    }
}
