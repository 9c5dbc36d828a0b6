using Baton.Triage.Intents;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// How well several intents in one message are recognised, from messages labelled with all of theirs.
/// </summary>
public static class IntentSetMeasurement
{
    /// <summary>Trains on one set and measures on another.</summary>
    /// <param name="train">Training messages.</param>
    /// <param name="test">Test messages; a label without training example counts as missed.</param>
    /// <param name="options">Training options, with the seed.</param>
    /// <param name="clock">Source of durations; the system's when null.</param>
    public static Figures Measure(IReadOnlyList<MultiLabelledText> train, IReadOnlyList<MultiLabelledText> test,
        IntentModelOptions options, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var started = clock.GetTimestamp();
        var model = IntentSetModel.Train(train, options);
        var trainSeconds = clock.GetElapsedTime(started).TotalSeconds;
        started = clock.GetTimestamp();
        JudgedSet[] judged = [.. test.Select(t =>
            new JudgedSet([.. t.Labels], [.. model.Predict(t.Text).Select(c => c.Intent)]))];
        var seconds = clock.GetElapsedTime(started).TotalSeconds;

        var exact = judged.Count(j => j.Labels.SetEquals(j.Found));
        return new Figures()
            .Add("micro_f1", MicroF1(judged), Of(judged, MicroF1, options.Seed))
            .Add("macro_f1", MacroF1(judged), Of(judged, MacroF1, options.Seed))
            .Add("exact_match", judged.Length == 0 ? double.NaN : (double)exact / judged.Length,
                Interval.Wilson(exact, judged.Length))
            .Add("train_seconds", trainSeconds)
            .Add("predictions_per_second", judged.Length / seconds)
            .Add("intents", model.Intents.Count)
            .Add("intents_per_message", judged.Length == 0 ? double.NaN : judged.Average(j => j.Labels.Count))
            .Add("train_examples", train.Count)
            .Add("test_examples", test.Count);
    }

    /// <summary>F1 over all decisions.</summary>
    internal static double MicroF1(IReadOnlyCollection<JudgedSet> judged) => F1(
        judged.Sum(j => j.Labels.Count(j.Found.Contains)), judged.Sum(j => j.Labels.Count),
        judged.Sum(j => j.Found.Count));

    /// <summary>Mean of the F1 of every intent that occurs among the true labels.</summary>
    internal static double MacroF1(IReadOnlyCollection<JudgedSet> judged)
    {
        var truth = judged.SelectMany(j => j.Labels).CountBy(l => l).ToDictionary();
        var said = judged.SelectMany(j => j.Found).CountBy(l => l).ToDictionary();
        var right = judged.SelectMany(j => j.Labels.Where(j.Found.Contains)).CountBy(l => l).ToDictionary();
        return truth.Count == 0 ? double.NaN
            : truth.Average(t => F1(right.GetValueOrDefault(t.Key), t.Value, said.GetValueOrDefault(t.Key)));
    }

    private static double F1(int right, int truth, int said) =>
        truth + said == 0 ? double.NaN : 2.0 * right / (truth + said);

    private static Interval Of(JudgedSet[] judged, Func<IReadOnlyCollection<JudgedSet>, double> figure, int seed) =>
        Interval.Bootstrap(judged.Length, drawn => figure([.. drawn.Select(i => judged[i])]), seed, 200);
}

/// <summary>The intents a message has and those that were found in it.</summary>
internal sealed record JudgedSet(HashSet<string> Labels, HashSet<string> Found);
