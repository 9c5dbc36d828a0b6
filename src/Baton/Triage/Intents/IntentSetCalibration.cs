namespace Baton.Triage.Intents;

/// <summary>
/// Where every yes-or-no question of an <see cref="IntentSetModel"/> turns to yes, and what a score means as a
/// probability, from texts that the scorer had not seen. A threshold is the one with the best F1; that of an intent
/// with few examples leans on the threshold of all intents together.
/// </summary>
internal sealed class IntentSetCalibration
{
    /// <summary>So many positive examples weigh as much as all intents together.</summary>
    private const double Trust = 20;

    private readonly double[] _thresholds;
    private readonly double _slope, _offset;

    private IntentSetCalibration(double[] thresholds, double slope, double offset) =>
        (_thresholds, _slope, _offset) = (thresholds, slope, offset);

    public bool Holds(int intent, float score) => score >= _thresholds[intent];

    public double Probability(float score) => 1 / (1 + Math.Exp(-(_slope * score + _offset)));

    public static IntentSetCalibration Fit(float[][] scores, int[][] labels, int classes)
    {
        var all = new List<(float Score, bool Yes)>();
        var own = Enumerable.Range(0, classes).Select(_ => new List<(float Score, bool Yes)>()).ToArray();
        for (var text = 0; text < scores.Length; text++)
        {
            for (var c = 0; c < classes; c++)
            {
                var answer = (scores[text][c], labels[text].Contains(c));
                own[c].Add(answer);
                all.Add(answer);
            }
        }
        var together = BestThreshold(all);
        double[] thresholds = [.. own.Select(answers =>
        {
            var positives = answers.Count(a => a.Yes);
            return (BestThreshold(answers) * positives + together * Trust) / (positives + Trust);
        })];
        var (slope, offset) = PlattScaling.Fit([.. all.Select(a => ((double)a.Score, a.Yes))]);
        return new IntentSetCalibration(thresholds, slope, offset);
    }

    /// <summary>Midway between the two neighbouring scores where F1 is best.</summary>
    private static double BestThreshold(List<(float Score, bool Yes)> answers)
    {
        var ranked = answers.OrderByDescending(a => a.Score).ToArray();
        var positives = ranked.Count(a => a.Yes);
        var (right, best, threshold) = (0, 0.0, 0.0);
        for (var i = 0; i < ranked.Length; i++)
        {
            if (ranked[i].Yes) right++;
            var f1 = 2.0 * right / (i + 1 + positives);
            if (f1 <= best || (i + 1 < ranked.Length && ranked[i + 1].Score == ranked[i].Score)) continue;
            best = f1;
            threshold = i + 1 < ranked.Length ? (ranked[i].Score + (double)ranked[i + 1].Score) / 2 : ranked[i].Score;
        }
        return threshold;
    }
}
