using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// Chooses thresholds on the certainty of predictions from training data alone: models are trained on four fifths and
/// asked about the fifth they have not seen, five times.
/// </summary>
public static class IntentThresholds
{
    private const int Folds = 5;

    /// <summary>
    /// For every precision the lowest threshold whose answers reach it; infinite when no threshold does.
    /// </summary>
    public static IReadOnlyList<double> ForPrecisions(
        IReadOnlyList<IntentExample> train, IReadOnlyList<double> precisions, IntentModelOptions options,
        ExampleVectors? vectors = null)
    {
        var judged = new List<(double Certainty, bool Right)>();
        foreach (var fold in FoldsOf(train, options.Seed))
        {
            var outside = fold.ToHashSet();
            IntentExample[] inside = [.. train.Where((_, i) => !outside.Contains(i))];
            if (fold.Count == 0 || inside.All(e => e.Label == IntentExample.OutOfScope)) continue;
            var model = IntentModel.Train(inside, options, vectors);
            var made = vectors?.Of([.. fold.Select(i => train[i].Text)]);
            foreach (var (at, i) in fold.Index())
            {
                var prediction = model.Predict(train[i].Text, made?[at]);
                judged.Add((prediction.Certainty, prediction.Intent == train[i].Label));
            }
        }
        var ranked = judged.OrderByDescending(j => j.Certainty).ToArray();
        return [.. precisions.Select(p => Threshold(ranked, p))];
    }

    private static double Threshold((double Certainty, bool Right)[] ranked, double precision)
    {
        var (right, threshold) = (0, double.PositiveInfinity);
        for (var i = 0; i < ranked.Length; i++)
        {
            if (ranked[i].Right) right++;
            var last = i + 1 == ranked.Length || ranked[i + 1].Certainty < ranked[i].Certainty;
            if (last && right >= precision * (i + 1)) threshold = ranked[i].Certainty;
        }
        return threshold;
    }

    private static List<int>[] FoldsOf(IReadOnlyList<IntentExample> train, int seed)
    {
        var random = new Random(seed);
        List<int>[] folds = [.. Enumerable.Range(0, Folds).Select(_ => new List<int>())];
        var next = 0;
        foreach (var group in train.Index().Where(e => e.Item.Label != IntentExample.OutOfScope)
            .GroupBy(e => e.Item.Label))
        {
            int[] members = [.. group.Select(e => e.Index)];
            random.Shuffle(members);
            if (members.Length < 2) continue;
            foreach (var i in members) folds[next++ % Folds].Add(i);
        }
        return folds;
    }
}
