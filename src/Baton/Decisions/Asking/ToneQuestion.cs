using System.Text.Json;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;
using Baton.Triage.Tone;

namespace Baton.Decisions.Asking;

/// <summary>How a customer sounds to a model.</summary>
internal sealed record ToneAnswer(int Sentiment, int Urgency, string Tone, double Confidence)
{
    /// <summary>As a reading. Where the mood is going is counted over all messages, which code does.</summary>
    public ToneReading Reading(ToneReading local) =>
        local with { Sentiment = Sentiment, Urgency = Urgency, Tone = Tone };
}

/// <summary>Asks for mood and urgency of the customer's own words.</summary>
internal static class ToneQuestion
{
    private static readonly JsonElement Schema = AnswerSchema.Object(
        ("sentiment", AnswerSchema.OneOf(WordScales.Sentiment.Words)),
        ("urgency", AnswerSchema.OneOf(WordScales.Urgency.Words)),
        ("tone", AnswerSchema.OneOf(ToneWords.All)),
        ("confidence", AnswerSchema.OneOf(WordScales.Confidence.Words)));

    public static ModelQuestion<ToneAnswer> Of(Turn turn) => new()
    {
        Stage = ModelStages.Tone,
        Parts = MarkedText.Customer(turn),
        Schema = Schema,
        Read = json => new ToneAnswer(
            WordScales.Sentiment.Whole(json.Word("sentiment")), WordScales.Urgency.Whole(json.Word("urgency")),
            json.Word("tone"), WordScales.Confidence[json.Word("confidence")]),
        Confidence = answer => answer.Confidence,
        Floor = turn.Playbook.Thresholds.ToneConfidence,
    };
}
