using System.Numerics.Tensors;
using Baton.Triage.Intents.Pooling;

namespace Baton.Triage.Intents;

/// <summary>
/// A held-out text: its scores, its true class, how many of its words were new, and what its vector says, if it has
/// one.
/// </summary>
internal readonly record struct HeldOutScore(
    float[] Scores, int Label, double Novelty, VectorReading? Reading = null);

/// <summary>
/// Turns scores into probabilities and into a decision about scope. Fitted on texts that the scorer had not seen:
/// the temperature by likelihood (Guo et al. 2017), the threshold so that only a small share of what is recognised
/// correctly is turned away, which needs no out-of-scope examples.
/// </summary>
internal sealed record IntentCalibration(double Temperature, double Threshold, double Spread)
{
    private const double NoveltyWeight = 2;

    /// <summary>For a model that has too few examples to hold any out.</summary>
    public static IntentCalibration Unfitted { get; } = new(0.35, 0, 0.5);

    /// <summary>
    /// How foreign a text is, unbounded: low when some class scores high on its own (a maximum of logits, Hendrycks et
    /// al. 2022, which unlike the top probability does not fall when two intents are alike), higher with unknown words.
    /// </summary>
    public static double Foreignness(ReadOnlySpan<float> scores, double novelty) =>
        NoveltyWeight * novelty - TensorPrimitives.Max(scores);

    /// <summary>Replaces scores by probabilities that sum to one.</summary>
    public void ToProbabilities(Span<float> scores)
    {
        // Relative to the highest: a low temperature, which texts far apart lead to, would overflow the exponential.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Divide(scores, (float)Temperature, scores);
        TensorPrimitives.SoftMax<float>(scores, scores);
    }

    /// <summary>0–1; 0.5 lies exactly on the threshold.</summary>
    public double OutOfScope(double foreignness) => 1 / (1 + Math.Exp(-(foreignness - Threshold) / Spread));

    public static IntentCalibration Fit(IReadOnlyList<HeldOutScore> heldOut, double budget)
    {
        if (heldOut.Count == 0) return Unfitted;
        var temperature = BestTemperature(heldOut);
        var right = heldOut.Where(h => TensorPrimitives.IndexOfMax<float>(h.Scores) == h.Label)
            .Select(h => Foreignness(h.Scores, h.Novelty)).ToArray();
        return (ScopeOf(right, budget) ?? Unfitted) with { Temperature = temperature };
    }

    /// <summary>
    /// A threshold that turns away the given share of recognised texts, from how foreign each is; null without texts.
    /// </summary>
    public static IntentCalibration? ScopeOf(double[] recognised, double budget)
    {
        if (recognised.Length == 0) return null;
        Array.Sort(recognised);
        var last = (int)Math.Ceiling((1 - Math.Clamp(budget, 0, 1)) * recognised.Length) - 1;
        var mean = recognised.Average();
        var spread = Math.Sqrt(recognised.Average(r => (r - mean) * (r - mean)));
        return new IntentCalibration(
            1, recognised[Math.Clamp(last, 0, recognised.Length - 1)], Math.Max(spread, 0.05) / 2);
    }

    /// <summary>Golden-section search on the logarithm of the temperature; the likelihood has one peak in it.</summary>
    private static double BestTemperature(IReadOnlyList<HeldOutScore> heldOut)
    {
        const double Golden = 0.6180339887498949;
        double low = Math.Log(0.02), high = Math.Log(5);
        for (var step = 0; step < 24; step++)
        {
            var left = high - Golden * (high - low);
            var right = low + Golden * (high - low);
            if (Loss(heldOut, Math.Exp(left)) < Loss(heldOut, Math.Exp(right))) high = right;
            else low = left;
        }
        return Math.Exp((low + high) / 2);
    }

    private static double Loss(IReadOnlyList<HeldOutScore> heldOut, double temperature)
    {
        var sum = 0.0;
        foreach (var (scores, label, _, _) in heldOut)
        {
            var top = TensorPrimitives.Max<float>(scores);
            var total = 0.0;
            foreach (var score in scores) total += MathF.Exp((score - top) / (float)temperature);
            sum += Math.Log(total) - (scores[label] - top) / temperature;
        }
        return sum;
    }
}
