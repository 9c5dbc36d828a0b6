namespace Baton.Knowledge.Choice;

/// <summary>
/// The probability that the chosen sections are the right reply: everything that was asked is answered by them, and an
/// answer is due at all. A logistic function of <see cref="SectionChoiceOf.Evidence"/>.
/// </summary>
internal static class Acceptance
{
    // Made by fit-acceptance in bench/Baton.Benchmarks; on what, and how well it holds, is in
    // docs/local-tier/answers.md.
    private const double Bias = -0.4693;

    private static readonly double[] Mean =
    [
        -1.4804, -1.6798, -1.3913, -2.588, -2.752, 0.1211, -0.1807, 0.9038,
        0.3577, 0.2077, -1.3523, 0.5352, -1.2131, -1.811,
    ];

    private static readonly double[] Deviation =
    [
        1.354, 1.3089, 1.2465, 1.1845, 1.3304, 1.7834, 1.7542, 0.8517,
        0.4793, 0.4057, 2.1273, 0.1398, 4.2022, 1.6933,
    ];

    private static readonly double[] Weights =
    [
        -0.5885, -0.3935, -0.1375, 0.8577, -0.4137, 0.4179, 0.2681, 0.2433,
        -0.1094, -0.0905, -0.1028, 0.3561, 0.1879, 0.1477,
    ];

    public static double Of(double[] evidence)
    {
        var sum = Bias;
        for (var i = 0; i < evidence.Length; i++) sum += Weights[i] * (evidence[i] - Mean[i]) / Deviation[i];
        return 1 / (1 + Math.Exp(-sum));
    }
}
