using Baton.Playbooks;

namespace Baton.Knowledge.Choice;

/// <summary>
/// The probability that the chosen sections are the right reply: everything that was asked is answered by them, and an
/// answer is due at all. A logistic function of <see cref="SectionChoiceOf.Evidence"/>.
/// </summary>
internal static class Acceptance
{
    /// <summary>
    /// For playbooks without labelled tickets: those of the sample company. On what they were fitted, and how well they
    /// hold, is in docs/local-tier/answers.md.
    /// </summary>
    private static readonly AnswerWeights Shipped = new(
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

    /// <param name="own">Weights of the playbook; null takes the shipped ones.</param>
    public static double Of(double[] evidence, AnswerWeights? own) => (own ?? Shipped).Probability(evidence);
}
