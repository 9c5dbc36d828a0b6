namespace Baton.Escalation.Triggers;

/// <summary>Triggers on the customer's mood and on conversations that lead nowhere.</summary>
internal static class MoodTriggers
{
    public static readonly IReadOnlyList<Trigger> All =
    [
        new("negative_sentiment", StopsAutomation: false, Default: 4, Unit: "sentiment, 1 to 10", input =>
            input.Facts.Tone.Sentiment <= input.Threshold
                ? input.Found($"sentiment {input.Facts.Tone.Sentiment}", input.Facts.Tone.Sentiment)
                : null),
        new("negative_trajectory", StopsAutomation: true, Default: 3, Unit: "frustrated messages", input =>
            input.Facts.Tone.FrustratedMessages >= input.Threshold
                ? input.Found($"{input.Facts.Tone.FrustratedMessages} frustrated messages without a resolution",
                    input.Facts.Tone.FrustratedMessages)
                : null),
        new("positive_turn", StopsAutomation: false, Default: 7, Unit: "sentiment, 1 to 10", input =>
            input.Facts.Tone.Sentiment >= input.Threshold
                ? input.Found($"sentiment {input.Facts.Tone.Sentiment}", input.Facts.Tone.Sentiment)
                : null),
        new("repeated_failure", StopsAutomation: true, Default: 2, Unit: "answers that did not settle it", input =>
            input.Facts.Failures >= input.Threshold
                ? input.Found($"{input.Facts.Failures} answers did not settle it", input.Facts.Failures)
                : null),
        new("repetition", StopsAutomation: true, Default: 0.6, Unit: "similarity, 0 to 1", input =>
            input.Facts.Repetition >= input.Threshold
                ? input.Found($"the customer says again what was said before ({input.Facts.Repetition:0.00})",
                    input.Facts.Repetition)
                : null),
    ];
}
