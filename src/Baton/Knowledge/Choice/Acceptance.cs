using Baton.Playbooks;

namespace Baton.Knowledge.Choice;

/// <summary>
/// The probability that the chosen sections are the right reply: everything that was asked is answered by them, and an
/// answer is due at all. A logistic function of <see cref="SectionChoiceOf.Evidence"/>.
/// </summary>
/// <remarks>
/// Playbooks without labelled tickets get the weights of the sample company: on what they were fitted, and how well
/// they hold, is in docs/local-tier/answers.md.
/// </remarks>
internal static class Acceptance
{
    /// <summary>Where sections list what customers ask.</summary>
    private static readonly AnswerWeights WithQuestions = new(
        AnswerWeights.CurrentRecipe, 899, 1,
        [
            -2.3491, -2.4776, -2.2141, -2.2655, -2.6994, 1.8541, 1.0425, 1.2047, 0.1368, 0.2825, -1.3349, 0.567,
            1.7026, -0.553, -5.6837, 0.3003, 0.0934, 0.0623,
        ],
        [
            1.1911, 1.1676, 1.1527, 1.1143, 1.5064, 1.8348, 1.9005, 0.7564, 0.3437, 0.4502, 2.3506, 0.1086,
            3.6319, 0.8756, 1.9752, 0.6744, 0.291, 0.2417,
        ],
        [
            0.8413, -0.561, -0.0678, -0.3185, 0.3676, -0.2509, 0.8445, 0.4885, 0.2112, -0.4076, -0.1931,
            -0.1545, 0.092, 0.5495, 0.018, -0.2189, 0.2109, 0.0842, -0.511,
        ]);

    /// <summary>Where nothing is known of the sections but their text.</summary>
    private static readonly AnswerWeights WithoutQuestions = new(
        AnswerWeights.CurrentRecipe, 886, 1,
        [
            0.1481, 0.067, 0.3699, -4.4419, -4.6183, 0.3163, -0.3112, 1.1907, 0.14, 0.2743, -2.5361, 0.4759,
            1.0904, -0.7112, -6.0823, 0.3826, 0.0553, 0.0621,
        ],
        [
            1.2043, 1.2116, 1.185, 1.2178, 1.3564, 1.3469, 1.3677, 0.7503, 0.3469, 0.4461, 1.8759, 0.1041,
            3.6162, 1.0058, 1.3788, 0.7671, 0.2286, 0.2413,
        ],
        [
            -0.1405, 0.0412, 0.1589, -0.4961, 0.0284, -0.1211, 0.5056, 0.4361, 0.307, -0.2391, -0.039, -0.0815,
            0.2707, 0.7949, 0.1713, -0.4867, 0.0285, 0.0804, -0.2892,
        ]);

    public static double Of(double[] evidence, Playbook playbook) =>
        (playbook.Answers ?? (playbook.Articles.Any(a => a.Questions.Count > 0) ? WithQuestions : WithoutQuestions))
            .Probability(evidence);
}
