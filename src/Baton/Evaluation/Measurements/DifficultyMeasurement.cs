using Baton.Gateway.Routing;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// How well the estimate of difficulty tells questions that were answered with an invention from others.
/// </summary>
public static class DifficultyMeasurement
{
    /// <summary>
    /// Every question is judged by a model that was not trained on it; the same question twice is in one part.
    /// </summary>
    public static Figures CrossFit(IReadOnlyList<string> questions, IReadOnlyList<bool> hard, int folds, int seed)
    {
        var part = questions.Select(q => (int)(q.Aggregate(17u, (hash, c) => hash * 31 + c) % (uint)folds)).ToArray();
        var models = Enumerable.Range(0, folds).Select(fold =>
        {
            var others = Enumerable.Range(0, part.Length).Where(i => part[i] != fold).ToList();
            return DifficultyModel.Train(
                [.. others.Select(i => questions[i])], [.. others.Select(i => hard[i])], [], seed);
        }).ToArray();
        var scores = questions.Select((q, i) => models[part[i]].Score(q)).ToArray();
        var middle = scores.Order().ElementAt(scores.Length / 2);
        return new Figures()
            .Add("auroc", Auroc(Enumerable.Range(0, part.Length)),
                Interval.Bootstrap(part.Length, Auroc, seed, resamples: 400))
            .Add("auroc_of_length", Area([.. questions.Select((q, i) => ((double)q.Length, hard[i]))]))
            .Add("hard_share_of_harder_half", Share(s => s >= middle))
            .Add("hard_share_of_easier_half", Share(s => s < middle))
            .Add("questions", questions.Count)
            .Add("hard", hard.Count(h => h));

        double Auroc(IEnumerable<int> drawn) => Area([.. drawn.Select(i => (scores[i], hard[i]))]);

        double Share(Func<double, bool> of)
        {
            var chosen = Enumerable.Range(0, scores.Length).Where(i => of(scores[i])).ToList();
            return chosen.Count == 0 ? double.NaN : chosen.Count(i => hard[i]) / (double)chosen.Count;
        }
    }

    /// <summary>Area under the ROC curve from ranks, ties counting half (Mann and Whitney 1947).</summary>
    private static double Area((double Score, bool Hard)[] judged)
    {
        Array.Sort(judged, (left, right) => left.Score.CompareTo(right.Score));
        double ranks = 0, positives = 0;
        for (var start = 0; start < judged.Length;)
        {
            var end = start;
            while (end < judged.Length && judged[end].Score == judged[start].Score) end++;
            for (var i = start; i < end; i++)
            {
                if (!judged[i].Hard) continue;
                ranks += (start + 1 + end) / 2.0;
                positives++;
            }
            start = end;
        }
        return (ranks - positives * (positives + 1) / 2) / (positives * (judged.Length - positives));
    }
}
