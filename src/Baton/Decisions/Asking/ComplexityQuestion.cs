using System.Text.Json;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>How hard a request is to a model.</summary>
internal sealed record ComplexityAnswer(int Score, bool CrossSystem, double Confidence)
{
    public ComplexityReading Reading(ComplexityReading local) =>
        local with { Score = Score, CrossSystem = CrossSystem };
}

/// <summary>Asks how much work a message makes.</summary>
internal static class ComplexityQuestion
{
    private static readonly JsonElement Schema = AnswerSchema.Object(
        ("complexity", AnswerSchema.OneOf(WordScales.Complexity.Words)),
        ("cross_system", AnswerSchema.Flag()),
        ("confidence", AnswerSchema.OneOf(WordScales.Confidence.Words)));

    public static ModelQuestion<ComplexityAnswer> Of(Turn turn) => new()
    {
        Stage = ModelStages.Complexity,
        Parts = MarkedText.Answerable(turn),
        Schema = Schema,
        Read = json => new ComplexityAnswer(
            WordScales.Complexity.Whole(json.Word("complexity")), json.Flag("cross_system"),
            WordScales.Confidence[json.Word("confidence")]),
        Confidence = answer => answer.Confidence,
        Floor = turn.Playbook.Thresholds.ComplexityConfidence,
    };

    /// <summary>
    /// How sure the local score is, 0 to 1. It adds up signs that each count a little, so the more of them, the less
    /// sure the sum. A setting of ours, not a measured probability.
    /// </summary>
    public static double LocalConfidence(ComplexityReading reading) =>
        Math.Max(0.3, 0.95 - 0.07 * reading.Reasons.Count);
}
