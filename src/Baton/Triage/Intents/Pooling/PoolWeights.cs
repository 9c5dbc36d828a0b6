using System.Numerics.Tensors;

namespace Baton.Triage.Intents.Pooling;

/// <summary>
/// How much each part counts in a log-linear pool (Genest and Zidek 1986): log p is the weighted sum of the parts'
/// scores, up to a number. The weights make held-out labels likeliest, which calibrates the pool as well.
/// </summary>
/// <param name="Words">Of the n-gram model's scores.</param>
/// <param name="Head">Of the head on vectors.</param>
/// <param name="Near">Of the nearest example's cosine.</param>
internal readonly record struct PoolWeights(double Words, double Head, double Near)
{
    private const int Parts = 3, MostSteps = 30;

    /// <summary>A pull towards 0 that matters only where almost nothing is held out.</summary>
    private const double Ridge = 0.5;

    /// <summary>Cosines differ by hundredths: in tenths, their weight has the size of the others'.</summary>
    private const float NearScale = 10;

    /// <summary>For a model that has too few examples to hold any out.</summary>
    public static PoolWeights Unfitted { get; } = new(1, 1, 0);

    /// <summary>Replaces the n-gram model's scores by the pool's probabilities.</summary>
    public void ToProbabilities(Span<float> scores, VectorReading reading)
    {
        TensorPrimitives.Multiply(scores, (float)Words, scores);
        TensorPrimitives.MultiplyAdd(reading.Scores, (float)Head, scores, scores);
        TensorPrimitives.MultiplyAdd(reading.Nearest, (float)Near * NearScale, scores, scores);
        TensorPrimitives.SoftMax<float>(scores, scores);
    }

    /// <summary>Newton's method with halved steps: the loss is convex.</summary>
    public static PoolWeights Fit(IReadOnlyList<HeldOutScore> heldOut)
    {
        var examples = heldOut.Where(h => h.Reading is not null).Select(h => new Scored(
            [h.Scores, h.Reading!.Scores, [.. h.Reading.Nearest.Select(n => n * NearScale)]], h.Label)).ToArray();
        if (examples.Length == 0) return Unfitted;
        double[] weights = [1, 1, 0];
        for (var step = 0; step < MostSteps; step++)
        {
            var (loss, slope, curvature) = Slope(examples, weights);
            var direction = Solve(curvature, slope);
            var (length, next) = (1.0, weights);
            for (; length > 1e-6; length /= 2)
            {
                next = [.. weights.Select((w, p) => w - length * direction[p])];
                if (Loss(examples, next) < loss) break;
            }
            if (length <= 1e-6 || weights.Zip(next).All(w => Math.Abs(w.First - w.Second) < 1e-5)) break;
            weights = next;
        }
        return new PoolWeights(weights[0], weights[1], weights[2]);
    }

    private static double Loss(Scored[] examples, double[] weights) =>
        examples.Sum(e => -Math.Log(Math.Max(1e-300, e.Probabilities(weights)[e.Label])))
        + Ridge / 2 * weights.Sum(w => w * w);

    private static (double Loss, double[] Slope, double[,] Curvature) Slope(Scored[] examples, double[] weights)
    {
        var (loss, slope, curvature) = (0.0, new double[Parts], new double[Parts, Parts]);
        var mean = new double[Parts];
        foreach (var example in examples)
        {
            var p = example.Probabilities(weights);
            loss -= Math.Log(Math.Max(1e-300, p[example.Label]));
            for (var a = 0; a < Parts; a++) mean[a] = Expected(p, example.Parts[a], null);
            for (var a = 0; a < Parts; a++)
            {
                slope[a] += mean[a] - example.Parts[a][example.Label];
                for (var b = 0; b < Parts; b++)
                    curvature[a, b] += Expected(p, example.Parts[a], example.Parts[b]) - mean[a] * mean[b];
            }
        }
        for (var a = 0; a < Parts; a++)
        {
            loss += Ridge / 2 * weights[a] * weights[a];
            slope[a] += Ridge * weights[a];
            curvature[a, a] += Ridge;
        }
        return (loss, slope, curvature);
    }

    private static double Expected(double[] p, float[] one, float[]? other)
    {
        var sum = 0.0;
        for (var c = 0; c < p.Length; c++) sum += p[c] * one[c] * (other is null ? 1 : other[c]);
        return sum;
    }

    /// <summary>Gauss without pivots: the matrix is positive definite.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var solution = (double[])right.Clone();
        for (var c = 0; c < Parts; c++)
            for (var r = c + 1; r < Parts; r++)
            {
                var factor = matrix[r, c] / matrix[c, c];
                for (var k = c; k < Parts; k++) matrix[r, k] -= factor * matrix[c, k];
                solution[r] -= factor * solution[c];
            }
        for (var r = Parts - 1; r >= 0; r--)
        {
            for (var k = r + 1; k < Parts; k++) solution[r] -= matrix[r, k] * solution[k];
            solution[r] /= matrix[r, r];
        }
        return solution;
    }

    /// <summary>What the parts score for each class, and which class it is.</summary>
    private sealed record Scored(float[][] Parts, int Label)
    {
        public double[] Probabilities(double[] weights)
        {
            var scores = new double[Parts[0].Length];
            var (most, sum) = (double.NegativeInfinity, 0.0);
            for (var c = 0; c < scores.Length; c++)
            {
                for (var part = 0; part < Parts.Length; part++) scores[c] += weights[part] * Parts[part][c];
                most = Math.Max(most, scores[c]);
            }
            for (var c = 0; c < scores.Length; c++) sum += scores[c] = Math.Exp(scores[c] - most);
            for (var c = 0; c < scores.Length; c++) scores[c] /= sum;
            return scores;
        }
    }
}
