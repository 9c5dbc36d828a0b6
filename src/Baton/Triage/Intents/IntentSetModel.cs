using Baton.Text.Learning;
using Baton.Triage.Intents.Features;

namespace Baton.Triage.Intents;

/// <summary>A text and every intent a person found in it, none being possible.</summary>
public sealed record MultiLabelledText(string Text, IReadOnlyList<string> Labels);

/// <summary>
/// Recognises any number of intents in one message, from messages labelled so: every intent is a yes-or-no question of
/// its own, with a threshold of its own. Runs in process; safe for use by many threads. For messages labelled with one
/// intent each, use <see cref="IntentModel.PredictMany"/>, which finds the sentences that have one.
/// </summary>
public sealed class IntentSetModel
{
    private const int Folds = 5;

    [ThreadStatic]
    private static FeatureScratch? _buffers;

    private readonly IntentModelOptions _options;
    private readonly Scorer _scorer;
    private readonly IntentSetCalibration _calibration;

    private IntentSetModel(
        IntentModelOptions options, string[] intents, Scorer scorer, IntentSetCalibration calibration)
    {
        (_options, _scorer, _calibration) = (options, scorer, calibration);
        Intents = intents;
    }

    /// <summary>The intents that can be recognised, in ordinal order.</summary>
    public IReadOnlyList<string> Intents { get; }

    /// <summary>Learns from texts with any number of labels each.</summary>
    /// <exception cref="ArgumentException">No label at all, or more intents than the options allow.</exception>
    public static IntentSetModel Train(IReadOnlyList<MultiLabelledText> examples, IntentModelOptions? options = null)
    {
        options ??= new IntentModelOptions();
        var intents = examples.SelectMany(e => e.Labels).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (intents.Length == 0) throw new ArgumentException("No example has an intent.", nameof(examples));
        if (intents.Length > options.MaxIntents)
            throw new ArgumentException(
                $"{intents.Length} intents are more than the limit of {options.MaxIntents}.", nameof(examples));
        var numbers = intents.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);
        string[] texts = [.. examples.Select(e => e.Text[..Math.Min(e.Text.Length, options.MaxTextLength)])];
        int[][] labels = [.. examples.Select(e => e.Labels.Select(l => numbers[l]).Distinct().ToArray())];
        var heldOut = HeldOut(texts, labels, intents.Length, options);
        return new IntentSetModel(options, intents, Scorer.Train(texts, labels, intents.Length, options),
            IntentSetCalibration.Fit(heldOut, labels, intents.Length));
    }

    /// <summary>
    /// The intents of a text with their probabilities, the surest first; empty when none is recognised.
    /// </summary>
    public IReadOnlyList<IntentCandidate> Predict(string text)
    {
        var scores = _scorer.Score(
            text[..Math.Min(text.Length, _options.MaxTextLength)], _buffers ??= new FeatureScratch());
        var found = new List<IntentCandidate>();
        for (var i = 0; i < scores.Length; i++)
            if (_calibration.Holds(i, scores[i]))
                found.Add(new IntentCandidate(Intents[i], _calibration.Probability(scores[i])));
        found.Sort((one, other) => other.Probability.CompareTo(one.Probability));
        return found;
    }

    /// <summary>What models that had not seen a text say about it, for every text.</summary>
    private static float[][] HeldOut(string[] texts, int[][] labels, int classes, IntentModelOptions options)
    {
        var order = Enumerable.Range(0, texts.Length).ToArray();
        new Random(unchecked(options.Seed + 17)).Shuffle(order);
        var scores = new float[texts.Length][];
        var scratch = new FeatureScratch();
        for (var fold = 0; fold < Math.Min(Folds, texts.Length); fold++)
        {
            var inside = order.Where((_, at) => at % Folds != fold).ToArray();
            var trial = Scorer.Train(
                [.. inside.Select(i => texts[i])], [.. inside.Select(i => labels[i])], classes, options);
            foreach (var i in order.Where((_, at) => at % Folds == fold)) scores[i] = trial.Score(texts[i], scratch);
        }
        return scores;
    }

    /// <summary>Features and one linear question per intent.</summary>
    private sealed record Scorer(FeatureSpace Space, LinearModel Linear)
    {
        public static Scorer Train(string[] texts, int[][] labels, int classes, IntentModelOptions options)
        {
            var scratch = new FeatureScratch();
            var space = FeatureSpace.Fit(texts, new int[texts.Length], 1, few: false, scratch);
            var linear = LinearTrainer.TrainMultiLabel(
                [.. texts.Select(t => space.ToVectors(t, scratch).Linear)], labels, classes,
                space.Count, new LinearTrainerOptions
                {
                    C = options.C, MaxPasses = 15, Tolerance = 0.1, Seed = options.Seed,
                        Parallelism = options.Parallelism,
                });
            return new Scorer(space, linear);
        }

        public float[] Score(string text, FeatureScratch scratch)
        {
            var scores = new float[Linear.Classes + RowSums.Slack];
            IntentFeatures.Extract(text, scratch);
            Space.Vectorize(scratch);
            Linear.Biases.CopyTo(scores);
            Linear.AddScores(scratch.Ids.AsSpan(0, scratch.Used), scratch.Values, scores);
            return scores[..Linear.Classes];
        }
    }
}
