using System.Globalization;

namespace Baton.Knowledge.Grounding;

/// <summary>
/// Turns signals into the probability that an answer is borne out by its sources (logistic regression).
/// </summary>
internal static class GroundingModel
{
    private static readonly double[] Weights =
        [.. WordLists.Lines("grounding-weights").Select(l => double.Parse(l, CultureInfo.InvariantCulture))];

    public static double Probability(double[] features)
    {
        if (Weights.Length != features.Length + 1)
            throw new InvalidOperationException(
                $"{Weights.Length} weights do not fit {features.Length} signals: fit them again.");
        var sum = Weights[0];
        for (var i = 0; i < features.Length; i++) sum += Weights[i + 1] * features[i];
        return 1 / (1 + Math.Exp(-sum));
    }
}
