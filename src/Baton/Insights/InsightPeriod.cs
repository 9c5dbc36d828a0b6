using System.Globalization;
using Baton.Conversations.Tallies;

namespace Baton.Insights;

/// <summary>Whole days in UTC, both ends included.</summary>
/// <param name="From">Days since 1970.</param>
/// <param name="To">Days since 1970.</param>
public readonly record struct InsightPeriod(long From, long To)
{
    /// <summary>Longest period, days.</summary>
    public const int Longest = 366;

    /// <summary>Days that are shown when none are asked for.</summary>
    public const int Usual = 30;

    private const string Format = "yyyy-MM-dd";

    public int Days => (int)(To - From + 1);

    /// <summary>
    /// The whole blocks of days in it, first and last, and none where the last is before the first.
    /// </summary>
    internal (long First, long Last) Blocks
    {
        get
        {
            var (first, last) = (
                (From + InsightFolding.Block - 1) / InsightFolding.Block, (To + 1) / InsightFolding.Block - 1);
            return first <= last ? (first, last) : (1, 0);
        }
    }

    /// <summary>The last day before its blocks, and the first day after them; with none all of it is before.</summary>
    internal (long Before, long After) Edges => Blocks is var (first, last) && first <= last
        ? (first * InsightFolding.Block - 1, (last + 1) * InsightFolding.Block)
        : (To, To + 1);

    public string FromText => Text(From);

    public string ToText => Text(To);

    /// <summary>The last days until today.</summary>
    public static InsightPeriod Last(int days, DateTimeOffset now) =>
        new(TicketTally.DayOf(now) - days + 1, TicketTally.DayOf(now));

    /// <summary>A period as it is asked for; an end that is left out is today, a beginning 30 days.</summary>
    /// <exception cref="InsightQuestionException">It cannot be read, is empty or too long.</exception>
    public static InsightPeriod Read(string? from, string? to, DateTimeOffset now)
    {
        var end = Day("to", to) ?? TicketTally.DayOf(now);
        var start = Day("from", from) ?? end - Usual + 1;
        if (start > end)
            throw new InsightQuestionException("from", $"is {Text(start)}, after the end of the period, {Text(end)}");
        return end - start < Longest ? new(start, end) : throw new InsightQuestionException(
            "from", $"is {end - start + 1} days before the end of the period, at most {Longest} days are added up");
    }

    /// <summary>A day as <c>2026-11-30</c>.</summary>
    public static string Text(long day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day).ToString(Format, CultureInfo.InvariantCulture);

    private static long? Day(string field, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? TicketTally.DayOf(time)
            : throw new InsightQuestionException(field, $"is '{text}': write a day such as 2026-11-30");
    }
}
