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
        AnswerWeights.CurrentRecipe, 460, 1,
        [
            -1.4356, -1.5801, -1.3174, -2.8068, -3.1265, 1.1501, 0.6021, 0.8587, 0.3587,
            0.1848, -1.1663, 0.521, -0.2507, -0.8611, -6.0925, 0.2109, 0.0435,
        ],
        [
            1.3386, 1.3037, 1.2786, 1.2983, 1.516, 1.9635, 1.8853, 0.791, 0.4796,
            0.3881, 2.4968, 0.1371, 4.3365, 1.2582, 1.737, 0.5944, 0.2039,
        ],
        [
            -1.1301, -0.2625, -0.1631, -0.271, 0.6241, -0.2709, 0.5553, 0.3305, 0.3824,
            -0.1824, 0.1373, -0.0469, 0.1165, 0.6725, 0.2778, -0.1676, 0.0047, -0.2335,
        ]);

    /// <param name="own">Weights of the playbook; null takes the shipped ones.</param>
    public static double Of(double[] evidence, AnswerWeights? own) => (own ?? Shipped).Probability(evidence);
}
