using Baton.Knowledge;

namespace Baton.Evaluation.Measurements;

/// <summary>An answer, its source, and whether people found it borne out.</summary>
public sealed record JudgedAnswer(string Source, string Answer, bool Grounded);

/// <summary>How well the grounding check tells answers that are borne out from others.</summary>
public static class GroundingMeasurement
{
    /// <summary>
    /// Checks every answer. Balanced accuracy is the mean of the two sides' accuracy at the shipped threshold.
    /// </summary>
    /// <param name="answers">At least one answer of each kind, else the figures are not numbers.</param>
    /// <param name="seed">Seed of the intervals.</param>
    public static Figures Measure(IReadOnlyList<JudgedAnswer> answers, int seed)
    {
        var threshold = new GroundingOptions().Threshold;
        var scores = new double[answers.Count];
        Parallel.For(0, scores.Length,
            i => scores[i] = GroundingCheck.Check(answers[i].Answer, [answers[i].Source]).Score);
        var all = Enumerable.Range(0, scores.Length).ToArray();
        return new Figures()
            .Add("auroc", Auroc(all), Interval.Bootstrap(scores.Length, Auroc, seed, resamples: 400))
            .Add("balanced_accuracy", Balanced(all), Interval.Bootstrap(scores.Length, Balanced, seed))
            .Add("threshold", threshold)
            .Add("grounded", answers.Count(a => a.Grounded))
            .Add("not_grounded", answers.Count(a => !a.Grounded));

        double Auroc(int[] drawn) => RankSum(
            [.. drawn.Select(i => (scores[i], answers[i].Grounded)).OrderBy(s => s.Item1)]);

        double Balanced(int[] drawn)
        {
            var yes = drawn.Where(i => answers[i].Grounded).ToList();
            var no = drawn.Where(i => !answers[i].Grounded).ToList();
            if (yes.Count == 0 || no.Count == 0) return double.NaN;
            return (yes.Count(i => scores[i] >= threshold) / (double)yes.Count
                + no.Count(i => scores[i] < threshold) / (double)no.Count) / 2;
        }
    }

    /// <summary>Area under the ROC curve from ranks, ties counting half (Mann and Whitney 1947).</summary>
    private static double RankSum((double Score, bool Grounded)[] sorted)
    {
        double ranks = 0, positives = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && sorted[end].Score == sorted[start].Score) end++;
            for (var i = start; i < end; i++)
            {
                if (!sorted[i].Grounded) continue;
                positives++;
                ranks += (start + 1 + end) / 2.0;
            }
            start = end;
        }
        var negatives = sorted.Length - positives;
        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
