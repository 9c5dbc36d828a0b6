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
        AnswerWeights.CurrentRecipe, 888, 1,
        [
            -2.34, -2.48, -2.2136, -2.2661, -2.6852, 1.8802, 1.0678, 1.2005, 0.1374, 0.2793, -1.3127, 0.5674,
            1.9798, -0.5088, -5.7008, 0.2883, 0.0912, 0.0608,
        ],
        [
            1.2077, 1.1782, 1.1661, 1.1187, 1.507, 1.8185, 1.8828, 0.7551, 0.3443, 0.4486, 2.3437, 0.1088,
            3.9055, 0.8895, 1.9639, 0.6646, 0.2879, 0.239,
        ],
        [
            0.8581, -0.5681, -0.0367, -0.3008, 0.4059, -0.244, 0.8419, 0.4664, 0.3034, -0.33, -0.1995, -0.1799,
            0.0921, 0.6025, -0.0066, -0.254, 0.1118, 0.087, -0.5161,
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
