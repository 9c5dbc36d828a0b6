using Baton.Evaluation.Metrics;
using Baton.Playbooks;
using Baton.Triage.Intents;

namespace Baton.Evaluation.Answers;

/// <summary>
/// Fits the probability that a reply made of articles is right: logistic regression with a ridge, by gradient steps
/// from zero, so that the same tickets give the same weights. Scores are cross-fitted by ticket. Letters written to
/// learn from are harder than what comes in, so that the scale is set by a sample of the traffic: Platt's method.
/// </summary>
internal static class AcceptanceFit
{
    /// <summary>With fewer labelled tickets the 95 % point is chance.</summary>
    public const int FewestTickets = 150;

    private const int Folds = 10, Repeats = 3, Passes = 1_000;
    private const double Ridge = 0.02, Rate = 0.5;

    /// <summary>A precision over fewer answers than these is no point to answer from.</summary>
    private const int FewestAnswers = 15;

    /// <summary>The weights of all tickets, and each ticket's probability by fits that had not seen it.</summary>
    public static (AnswerWeights Weights, double[] CrossFitted) Of(IReadOnlyList<AcceptanceRow> rows)
    {
        var raw = CrossFit(rows);
        var (slope, shift) = PlattScaling.Fit([.. raw.Zip(rows).Where(p => p.Second.IsTraffic)
            .Select(p => (Logit(p.First), p.Second.Right))]);
        double[] scores = [.. raw.Select(p => 1 / (1 + Math.Exp(-(slope * Logit(p) + shift))))];
        return (Scaled(Fit(rows), slope, shift) with { Point95 = Point(rows, scores) }, scores);
    }

    /// <summary>How many of the traffic from a threshold were right.</summary>
    public static Rate From(double threshold, IReadOnlyList<AcceptanceRow> rows, double[] scores)
    {
        var answered = rows.Where((row, i) => row.IsTraffic && scores[i] >= threshold).ToList();
        return new Rate(answered.Count(r => r.Right), answered.Count);
    }

    private static double[] CrossFit(IReadOnlyList<AcceptanceRow> rows)
    {
        var scores = new double[rows.Count];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var order = Enumerable.Range(0, rows.Count).ToArray();
            new Random(repeat).Shuffle(order);
            for (var fold = 0; fold < Folds; fold++)
            {
                var weights = Fit([.. order.Where((_, i) => i % Folds != fold).Select(i => rows[i])]);
                foreach (var i in order.Where((_, i) => i % Folds == fold))
                    scores[i] += weights.Probability(rows[i].Signals) / Repeats;
            }
        }
        return scores;
    }

    private static AnswerWeights Scaled(AnswerWeights weights, double slope, double shift) => weights with
    {
        Weights = [.. weights.Weights.Select((w, i) => Math.Round(slope * w + (i == 0 ? shift : 0), 4))],
    };

    private static double Logit(double p) => Math.Log(p / (1 - p));

    /// <summary>The lowest probability from which at least 95 % of the traffic were right.</summary>
    private static double Point(IReadOnlyList<AcceptanceRow> rows, double[] scores)
    {
        var (point, right, answered) = (1.0, 0, 0);
        foreach (var i in Enumerable.Range(0, rows.Count).OrderByDescending(i => scores[i]))
        {
            if (!rows[i].IsTraffic) continue;
            answered++;
            if (rows[i].Right) right++;
            if (answered >= FewestAnswers && right >= 0.95 * answered) point = scores[i];
        }
        return Math.Round(point, 4);
    }

    private static AnswerWeights Fit(IReadOnlyList<AcceptanceRow> rows)
    {
        var size = rows[0].Signals.Length;
        var mean = Enumerable.Range(0, size).Select(f => Math.Round(rows.Average(r => r.Signals[f]), 4)).ToArray();
        var deviation = mean.Select((m, f) => Math.Round(
            Math.Max(1e-4, Math.Sqrt(rows.Average(r => Math.Pow(r.Signals[f] - m, 2)))), 4)).ToArray();
        var weights = new double[size + 1];
        var fit = new AnswerWeights(AnswerWeights.CurrentRecipe, rows.Count, 1, mean, deviation, weights);
        var slope = new double[size + 1];
        for (var pass = 0; pass < Passes; pass++)
        {
            Array.Clear(slope);
            foreach (var row in rows)
            {
                var error = (fit.Probability(row.Signals) - (row.Right ? 1 : 0)) / rows.Count;
                slope[0] += error;
                for (var f = 0; f < size; f++) slope[f + 1] += error * (row.Signals[f] - mean[f]) / deviation[f];
            }
            for (var i = 0; i <= size; i++) weights[i] -= Rate * (slope[i] + (i == 0 ? 0 : Ridge * weights[i]));
        }
        return fit with { Weights = [.. weights.Select(w => Math.Round(w, 4))] };
    }
}
