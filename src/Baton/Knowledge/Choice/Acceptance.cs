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
        AnswerWeights.CurrentRecipe, 900, 1,
        [
            -2.3471, -2.4779, -2.2122, -2.2675, -2.7018, 1.851, 1.0403, 1.2033, 0.1378, 0.2822, -1.3345, 0.5669,
            1.6999, -0.5528, -5.685, 0.3, 0.0933,
        ],
        [
            1.1918, 1.167, 1.1534, 1.1152, 1.5072, 1.8362, 1.9007, 0.757, 0.3447, 0.4501, 2.3494, 0.1086,
            3.6308, 0.8751, 1.9745, 0.6741, 0.2909,
        ],
        [
            0.8777, -0.645, -0.0172, -0.3656, 0.3666, -0.2715, 0.8879, 0.4961, 0.2507, -0.4236, -0.2074,
            -0.1308, 0.069, 0.5931, 0.0343, -0.2398, 0.2141, 0.0988,
        ]);

    /// <summary>Where nothing is known of the sections but their text.</summary>
    private static readonly AnswerWeights WithoutQuestions = new(
        AnswerWeights.CurrentRecipe, 886, 1,
        [
            0.1481, 0.067, 0.3699, -4.4419, -4.6183, 0.3163, -0.3112, 1.1907, 0.14, 0.2743, -2.5361, 0.4759,
            1.0904, -0.7112, -6.0823, 0.3826, 0.0553,
        ],
        [
            1.2043, 1.2116, 1.185, 1.2178, 1.3564, 1.3469, 1.3677, 0.7503, 0.3469, 0.4461, 1.8759, 0.1041,
            3.6162, 1.0058, 1.3788, 0.7671, 0.2286,
        ],
        [
            -0.1256, 0.0282, 0.1822, -0.5237, 0.0534, -0.1246, 0.5107, 0.4532, 0.3323, -0.2555, -0.0458,
            -0.0596, 0.246, 0.832, 0.1826, -0.5001, 0.035, 0.063,
        ]);

    public static double Of(double[] evidence, Playbook playbook) =>
        (playbook.Answers ?? (playbook.Articles.Any(a => a.Questions.Count > 0) ? WithQuestions : WithoutQuestions))
            .Probability(evidence);
}
