using Baton.Triage.Intents.Features;
using Baton.Triage.Intents.Pooling;

namespace Baton.Triage.Intents;

/// <summary>
/// Trains a scorer on everything, after trial scorers on parts of it have shown what scores mean on texts not seen:
/// one trial with a held-out part when there are many examples, cross-fitting when there are few. Where examples are
/// few, the name of an intent is one more: people name intents by what they are about.
/// </summary>
internal static class IntentTrainer
{
    private const int ManyExamples = 3000, Folds = 5;

    /// <param name="vectors">Null without a sentence encoder.</param>
    /// <param name="borrowed">Texts that only the pool learns from, with their classes.</param>
    public static TrainedIntents Train(
        string[] texts, int[] labels, string[] names, IntentModelOptions options, ExampleVectors? vectors,
        IReadOnlyList<(int Label, string Text)> borrowed)
    {
        var few = FeatureStatistics.AreFew(texts.Length, names.Length);
        var known = few ? names.Index().Where(n => n.Item != IntentExample.OutOfScope).ToArray() : [];
        // A trial has half the networks: that is sure enough to learn what scores mean from.
        var whole = options with { Networks = few ? options.Networks * 2 : options.Networks };
        var half = options with { Networks = (whole.Networks + 1) / 2 };
        var folds = FoldsOf(labels, options).Where(f => f.Length > 0 && f.Length < texts.Length).ToArray();
        var (scorer, heldOut) = ((IntentScorer?)null, new HeldOutScore[folds.Length][]);
        var pooled = vectors is null ? null : PoolExamples.Make(
            vectors, texts, labels, known, borrowed, names.Length, few, options.Parallelism);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) };
        Parallel.For(0, folds.Length + 1, parallel, turn =>
        {
            if (turn == 0) scorer = TrainOn([.. Enumerable.Range(0, texts.Length)], whole);
            else heldOut[turn - 1] = TryOut(folds[turn - 1]);
        });
        var ordered = folds.Zip(heldOut).SelectMany(f => f.First.Zip(f.Second)).OrderBy(h => h.First)
            .Select(h => h.Second);
        HeldOutScore[] tried = [.. ordered];
        var pool = pooled is null ? null : IntentPool.Fit(
            pooled.Encoder, pooled.Train(Enumerable.Range(0, texts.Length), texts.Length), tried,
            options.OutOfScopeBudget);
        return new TrainedIntents(scorer!, IntentCalibration.Fit(tried, options.OutOfScopeBudget), pool,
            ConfusedIntents.Of(tried, names, h => pool?.Probabilities(h) ?? h.Scores));

        HeldOutScore[] TryOut(int[] fold)
        {
            var outside = fold.ToHashSet();
            var inside = Enumerable.Range(0, texts.Length).Where(i => !outside.Contains(i)).ToArray();
            var trial = TrainOn(inside, half);
            var head = pooled?.Train(inside, texts.Length);
            var scratch = new FeatureScratch();
            return [.. fold.Select(i =>
            {
                var scores = trial.Score(texts[i], scratch).ToArray();
                return new HeldOutScore(scores, labels[i], scratch.Novelty, head?.Read(pooled![i], scores));
            })];
        }

        IntentScorer TrainOn(int[] chosen, IntentModelOptions options) => IntentScorer.Train(
            [.. chosen.Select(i => texts[i]), .. known.Select(n => n.Item)],
            [.. chosen.Select(i => labels[i]), .. known.Select(n => n.Index)], names.Length, few, options);
    }

    /// <summary>
    /// Parts to hold out, drawn class by class; the only example of a class is never held out. With many examples only
    /// the first part of <see cref="IntentModelOptions.HeldOut"/> examples is used.
    /// </summary>
    private static IEnumerable<int[]> FoldsOf(int[] labels, IntentModelOptions options)
    {
        var many = labels.Length >= ManyExamples;
        var folds = many ? Math.Max(8, labels.Length / Math.Max(1, options.HeldOut)) : Folds;
        var random = new Random(unchecked(options.Seed + 17));
        var parts = Enumerable.Range(0, folds).Select(_ => new List<int>()).ToArray();
        var next = 0;
        foreach (var group in Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).OrderBy(g => g.Key))
        {
            var members = group.ToArray();
            random.Shuffle(members);
            if (members.Length > 1)
                foreach (var i in members) parts[next++ % folds].Add(i);
        }
        return parts.Take(many ? 1 : folds).Select(p => p.Order().ToArray());
    }
}

/// <summary>What training made.</summary>
/// <param name="Pool">Null without a sentence encoder.</param>
/// <param name="Confused">Intents that trials took for each other.</param>
internal sealed record TrainedIntents(
    IntentScorer Scorer, IntentCalibration Calibration, IntentPool? Pool, IReadOnlyList<ConfusedIntents> Confused);
