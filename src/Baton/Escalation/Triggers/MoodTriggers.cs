namespace Baton.Escalation.Triggers;

/// <summary>Triggers on the customer's mood and on conversations that lead nowhere.</summary>
internal static class MoodTriggers
{
    public static readonly IReadOnlyDictionary<string, TriggerLook> All = new Dictionary<string, TriggerLook>
    {
        ["negative_sentiment"] = input =>
            input.Facts.Tone.Sentiment <= input.Threshold
                ? input.Found($"sentiment {input.Facts.Tone.Sentiment}", input.Facts.Tone.Sentiment)
                : null,
        ["negative_trajectory"] = input =>
            input.Facts.Tone.FrustratedMessages >= input.Threshold
                ? input.Found($"{input.Facts.Tone.FrustratedMessages} frustrated messages without a resolution",
                    input.Facts.Tone.FrustratedMessages)
                : null,
        ["positive_turn"] = input =>
            input.Facts.Tone.Sentiment >= input.Threshold
                ? input.Found($"sentiment {input.Facts.Tone.Sentiment}", input.Facts.Tone.Sentiment)
                : null,
        ["repeated_failure"] = input =>
            input.Facts.Failures >= input.Threshold
                ? input.Found($"{input.Facts.Failures} answers did not settle it", input.Facts.Failures)
                : null,
        ["repetition"] = input =>
            input.Facts.Repetition >= input.Threshold
                ? input.Found($"the customer says again what was said before ({input.Facts.Repetition:0.00})",
                    input.Facts.Repetition)
                : null,
    };
}
