using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Evaluation.Measurements;

/// <summary>One test text: what it is about (null for out of scope) and what the model says.</summary>
internal readonly record struct JudgedIntent(string? Label, IntentPrediction Prediction)
{
    public bool IsRight => Label is not null && Prediction.Intent == Label;
}

/// <summary>
/// How well intents are recognised: accuracy, calibration, out-of-scope detection, the share of traffic that can be
/// answered at a given precision, and speed.
/// </summary>
public static class IntentMeasurement
{
    /// <summary>Precisions for which the coverage is reported.</summary>
    public static IReadOnlyList<double> Precisions { get; } = [0.95, 0.97, 0.99];

    /// <summary>Trains on one set and measures on another.</summary>
    /// <param name="train">Training examples; those labelled <c>oos</c> teach the model what is out of scope.</param>
    /// <param name="test">Test texts; those labelled <c>oos</c> are out of scope. A label without training example
    /// counts as an error of the model, since somebody expected it to be recognised.</param>
    /// <param name="options">Training options, with the seed.</param>
    /// <param name="vectors">The sentence encoder; null measures the n-gram model alone.</param>
    /// <param name="clock">Source of durations; the system's when null.</param>
    public static Figures Measure(IReadOnlyList<IntentExample> train, IReadOnlyList<IntentExample> test,
        IntentModelOptions options, ExampleVectors? vectors = null, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        // Before the clock runs: encoding is the same work for any model, and its speed is measured elsewhere.
        vectors?.Of([.. train.Select(t => t.Text)]);
        var made = vectors?.Of([.. test.Select(t => t.Text)]);
        var started = clock.GetTimestamp();
        var model = IntentModel.Train(train, options, vectors);
        var trainSeconds = clock.GetElapsedTime(started).TotalSeconds;

        JudgedIntent[] judged = [.. test.Select((t, i) => new JudgedIntent(
            t.Label == IntentExample.OutOfScope ? null : t.Label, model.Predict(t.Text, made?[i])))];
        var inScope = judged.Where(j => j.Label is not null).ToArray();
        var outOfScope = judged.Where(j => j.Label is null).ToArray();
        var figures = new Figures();
        AddAccuracy(figures, inScope, options.Seed);
        AddScope(figures, inScope, outOfScope, options.Seed);
        AddCoverage(figures, inScope, IntentThresholds.ForPrecisions(train, Precisions, options, vectors));
        return figures
            .Add("train_seconds", trainSeconds)
            .Add("predictions_per_second", PredictionsPerSecond(model, test, made, clock))
            .Add("model_bytes", ModelBytes(model))
            .Add("train_examples", train.Count)
            .Add("test_in_scope", inScope.Length)
            .Add("test_out_of_scope", outOfScope.Length);
    }

    private static void AddAccuracy(Figures figures, JudgedIntent[] inScope, int seed)
    {
        var right = inScope.Count(j => j.IsRight);
        figures.Add("accuracy", Share(right, inScope.Length), Interval.Wilson(right, inScope.Length));
        figures.Add("macro_f1", IntentFigures.MacroF1(inScope),
            Interval.Bootstrap(inScope.Length, drawn => IntentFigures.MacroF1([.. drawn.Select(i => inScope[i])]),
                seed, 200));
        figures.Add("ece", IntentFigures.CalibrationError(inScope),
            Interval.Bootstrap(inScope.Length,
                drawn => IntentFigures.CalibrationError([.. drawn.Select(i => inScope[i])]), seed, 200));
    }

    private static void AddScope(Figures figures, JudgedIntent[] inScope, JudgedIntent[] outOfScope, int seed)
    {
        var (inside, outside) = (Scores(inScope), Scores(outOfScope));
        figures.Add("oos_auroc", IntentFigures.AreaUnderRoc(outside, inside), outside.Length == 0 ? null
            : Interval.Bootstrap(outside.Length + inside.Length, drawn => IntentFigures.AreaUnderRoc(
                [.. drawn.Where(i => i < outside.Length).Select(i => outside[i])],
                [.. drawn.Where(i => i >= outside.Length).Select(i => inside[i - outside.Length])]), seed, 200));
        var kept = inScope.Count(j => j.IsRight && !j.Prediction.IsOutOfScope);
        figures.Add("in_scope_accuracy_at_threshold", Share(kept, inScope.Length),
            Interval.Wilson(kept, inScope.Length));
        var caught = outOfScope.Count(j => j.Prediction.IsOutOfScope);
        figures.Add("oos_recall_at_threshold", Share(caught, outOfScope.Length),
            outOfScope.Length == 0 ? null : Interval.Wilson(caught, outOfScope.Length));
    }

    private static void AddCoverage(Figures figures, JudgedIntent[] inScope, IReadOnlyList<double> thresholds)
    {
        var coverage = figures.Group("coverage_at_precision");
        var reached = figures.Group("precision_reached");
        for (var p = 0; p < Precisions.Count; p++)
        {
            var name = Precisions[p].ToString("0.00");
            var answered = inScope.Where(j => j.Prediction.Certainty >= thresholds[p]).ToArray();
            coverage.Add(name, Share(answered.Length, inScope.Length),
                Interval.Wilson(answered.Length, inScope.Length));
            var right = answered.Count(j => j.IsRight);
            reached.Add(name, Share(right, answered.Length), Interval.Wilson(right, answered.Length));
        }
    }

    /// <summary>
    /// On one thread, for about a second, after the code has been warmed up; without the encoding.
    /// </summary>
    private static double PredictionsPerSecond(
        IntentModel model, IReadOnlyList<IntentExample> texts, IReadOnlyList<float[]>? made, TimeProvider clock)
    {
        const int WarmUp = 4000;
        for (var i = 0; i < WarmUp; i++) Predict(i);
        var started = clock.GetTimestamp();
        var done = 0;
        var elapsed = TimeSpan.Zero;
        for (; elapsed < TimeSpan.FromSeconds(1); elapsed = clock.GetElapsedTime(started))
            for (var i = 0; i < 1000; i++) Predict(done++);
        return done / elapsed.TotalSeconds;

        void Predict(int i) => model.Predict(texts[i % texts.Count].Text, made?[i % texts.Count]);
    }

    private static double ModelBytes(IntentModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.Length;
    }

    private static double[] Scores(JudgedIntent[] judged) => [.. judged.Select(j => j.Prediction.OutOfScope)];

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}
