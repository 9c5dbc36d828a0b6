using System.Text.Json;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>A model's opinion on who should answer: one fact among others.</summary>
/// <param name="Word"><c>answer</c>, <c>ask</c> or <c>person</c>.</param>
/// <param name="Concern">What weighs most, or <c>none</c>.</param>
internal sealed record Opinion(string Word, string Concern, double Confidence);

/// <summary>Asks whether automation should answer.</summary>
internal static class OpinionQuestion
{
    public const string Person = "person";

    private static readonly JsonElement Schema = AnswerSchema.Object(
        ("opinion", AnswerSchema.OneOf(["answer", "ask", Person])),
        ("concern", AnswerSchema.OneOf(
            ["none", "money", "safety", "law", "health", "privacy", "data_loss", "lost_trust", "in_circles",
                "unclear"])),
        ("confidence", AnswerSchema.OneOf(WordScales.Confidence.Words)));

    public static ModelQuestion<Opinion> Of(Turn turn) => new()
    {
        Stage = ModelStages.Escalation,
        Parts = MarkedText.Conversation(turn),
        Schema = Schema,
        Read = json => new Opinion(
            json.Word("opinion"), json.Word("concern"), WordScales.Confidence[json.Word("confidence")]),
        Confidence = opinion => opinion.Confidence,
        Floor = turn.Playbook.Thresholds.TriageConfidence,
        Otherwise = TierNames.Rules,
    };
}
