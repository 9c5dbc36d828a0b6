namespace Baton.Evaluation.Measurements;

/// <summary>The formulas behind the figures of <see cref="IntentMeasurement"/>.</summary>
internal static class IntentFigures
{
    private const int Bins = 15;

    /// <summary>Mean of the F1 of every intent that occurs among the true labels.</summary>
    public static double MacroF1(IReadOnlyCollection<JudgedIntent> judged)
    {
        if (judged.Count == 0) return double.NaN;
        var truth = judged.CountBy(j => j.Label!).ToDictionary();
        var said = judged.CountBy(j => j.Prediction.Intent).ToDictionary();
        var right = judged.Where(j => j.IsRight).CountBy(j => j.Label!).ToDictionary();
        return truth.Average(t => 2.0 * right.GetValueOrDefault(t.Key) / (t.Value + said.GetValueOrDefault(t.Key)));
    }

    /// <summary>
    /// Expected calibration error: mean distance between confidence and accuracy over 15 bins of equal width, weighted
    /// by how many texts fall into each (Naeini et al. 2015; Guo et al. 2017).
    /// </summary>
    public static double CalibrationError(IReadOnlyCollection<JudgedIntent> judged)
    {
        if (judged.Count == 0) return double.NaN;
        var gaps = new double[Bins];
        foreach (var item in judged)
        {
            var bin = Math.Min(Bins - 1, (int)(item.Prediction.Confidence * Bins));
            gaps[bin] += item.Prediction.Confidence - (item.IsRight ? 1 : 0);
        }
        return gaps.Sum(Math.Abs) / judged.Count;
    }

    /// <summary>
    /// Probability that a positive scores higher than a negative, ties counting half: the area under the ROC curve,
    /// from the sum of ranks (Mann, Whitney 1947).
    /// </summary>
    public static double AreaUnderRoc(double[] positives, double[] negatives)
    {
        if (positives.Length == 0 || negatives.Length == 0) return double.NaN;
        var sorted = negatives.Order().ToArray();
        var wins = 0.0;
        foreach (var positive in positives)
        {
            var below = FirstAtLeast(sorted, positive);
            var upTo = FirstAtLeast(sorted, Math.BitIncrement(positive));
            wins += below + 0.5 * (upTo - below);
        }
        return wins / positives.Length / negatives.Length;
    }

    private static int FirstAtLeast(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
