using Baton.Conversations.Tallies;

namespace Baton.Conversations.Verdicts;

/// <summary>What a customer may say of a ticket, and when. Pure.</summary>
public static class Ratings
{
    public const int Highest = 5;

    /// <summary>Stars from which a customer counts as satisfied: four and five of five.</summary>
    public const int Satisfied = 4;

    /// <summary>Stars up to which an answer counts as bad.</summary>
    public const int Bad = 2;

    /// <summary>Longest remark, characters.</summary>
    public const int LongestRemark = 2_000;

    /// <summary>How long after the last answer, reply or close a rating is taken and may change.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>Words of the five steps, from the lowest: one star.</summary>
    public static readonly IReadOnlyList<string> Steps = ["terrible", "bad", "ok", "good", "amazing"];

    /// <summary>The stars of a word or a number from 1 to 5; null when it is neither.</summary>
    public static int? Stars(string? text) => text switch
    {
        [>= '1' and <= '5' and var digit] => digit - '0',
        _ => Steps.Index().Where(s => s.Item == text).Select(s => s.Index + 1).Cast<int?>().FirstOrDefault(),
    };

    /// <summary>
    /// Why it is not taken, or null. The same rating again changes nothing and is no mistake; a remark is the last
    /// word.
    /// </summary>
    /// <param name="changes">Whether there is something to record.</param>
    public static string? Problem(TicketTally tally, int stars, string? remark, DateTimeOffset now, out bool changes)
    {
        changes = false;
        if (Closed(tally, now) is { } closed) return closed;
        var before = tally.Rating;
        // Sent twice, or opened again: the remark was taken the first time.
        if (before?.Stars == stars && (remark is null || before.Remark is not null)) return null;
        if (before?.Remark is not null) return "it was rated with a remark, which is the last word";
        changes = true;
        return null;
    }

    /// <summary>Why nothing can be rated now, or null.</summary>
    public static string? Closed(TicketTally tally, DateTimeOffset now) =>
        tally.RateableAt is not { } since ? "nothing was answered yet that could be rated"
        : now - since > Window
            ? $"it could be rated for {Window.Days} days after the last answer, until {since + Window:yyyy-MM-dd}"
        : null;
}
