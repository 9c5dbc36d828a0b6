using Baton.Evaluation.Measurements;
using Baton.Tests.Triage.Intents;
using Baton.Triage.Intents;

namespace Baton.Tests.Evaluation;

public sealed class IntentMeasurementTests
{
    private static readonly IntentExample[] Test =
    [
        new("where is my parcel", "order_status"), new("refund please", "refund"),
        new("reset the password", "password_reset"),
        new("cancel order", "cancel_order"), new("please sing a lullaby", IntentExample.OutOfScope),
        new("the capital of Peru", IntentExample.OutOfScope),
    ];

    [Fact]
    public void Reports_every_figure_under_its_name()
    {
        var json = IntentMeasurement.Measure(IntentExamples.All, Test, new IntentModelOptions()).ToJson();

        foreach (var name in (string[])["accuracy", "macro_f1", "ece", "oos_auroc", "in_scope_accuracy_at_threshold",
            "oos_recall_at_threshold", "train_seconds", "predictions_per_second", "model_bytes"])
            Assert.True(json.ContainsKey(name), name);
        foreach (var precision in (string[])["0.95", "0.97", "0.99"])
        {
            Assert.True(json["coverage_at_precision"]!.AsObject().ContainsKey(precision));
            Assert.True(json["precision_reached"]!.AsObject().ContainsKey(precision));
        }
        Assert.Equal(1.0, (double)json["accuracy"]!);
        Assert.True((double)json["oos_auroc"]! > 0.8);
    }

    [Fact]
    public void Area_under_the_curve_counts_ties_half()
    {
        Assert.Equal(1.0, IntentFigures.AreaUnderRoc([3, 4], [1, 2]));
        Assert.Equal(0.5, IntentFigures.AreaUnderRoc([1, 1], [1]));
        Assert.Equal(0.75, IntentFigures.AreaUnderRoc([2, 3], [1, 2.5]));
    }

    [Fact]
    public void Calibration_error_is_the_gap_between_confidence_and_accuracy()
    {
        JudgedIntent[] judged = [Judged("a", "a", 0.9), Judged("b", "a", 0.9)];

        Assert.Equal(0.4, IntentFigures.CalibrationError(judged), 6);
    }

    [Fact]
    public void Macro_f1_counts_every_intent_the_same()
    {
        JudgedIntent[] judged = [Judged("a", "a", 1), Judged("a", "a", 1), Judged("b", "a", 1)];

        Assert.Equal((0.8 + 0) / 2, IntentFigures.MacroF1(judged), 6);
    }

    private static JudgedIntent Judged(string label, string said, double confidence) => new(label, new IntentPrediction
    {
        Intent = said, Confidence = confidence, OutOfScope = 0, Margin = 0, Candidates = [],
    });
}
