using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Urgency;

/// <summary>Turns "waiting 3 days", "two weeks later" and "since Monday" into days.</summary>
internal static class WaitingTime
{
    private static readonly string[] Numbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The days that a phrase speaks of; a week when it names none ("for ages", "too long").</summary>
    public static double Days(PhraseText text, PhraseHit hit)
    {
        var count = 1.0;
        var unit = 0.0;
        for (var i = hit.From; i < hit.To; i++)
        {
            var word = text.Word(i);
            if (text[i].Kind == PhraseTokenKind.Number)
                count = double.TryParse(word, out var n) ? Math.Clamp(n, 0, 400) : 1;
            else if (Array.IndexOf(Numbers, word.ToString()) is var named and > 0) count = named;
            else if (word is "several" or "many" or "multiple" or "few" or "days") count = Math.Max(count, 3);
            else if (word is "couple") count = 2;
            if (UnitOf(word) is var found and > 0) unit = found;
        }
        return unit == 0 ? count is > 1 and < 60 ? count : 4 : count * unit;
    }

    private static double UnitOf(ReadOnlySpan<char> word) => word switch
    {
        "minute" or "minutes" or "min" or "mins" => 1.0 / 1440,
        "hour" or "hours" or "hr" or "hrs" => 1.0 / 24,
        "day" or "days" or "yesterday" => 1,
        "week" or "weeks" or "weekend" => 7,
        "month" or "months" or "year" or "years" => 30,
        "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday" => 3,
        _ => 0,
    };
}
