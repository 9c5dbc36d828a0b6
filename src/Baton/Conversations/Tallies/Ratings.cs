namespace Baton.Conversations.Tallies;

/// <summary>What a customer may say of a ticket, and when. Pure.</summary>
public static class Ratings
{
    /// <summary>Stars from which a customer counts as satisfied: four and five of five.</summary>
    public const int Satisfied = 4;

    /// <summary>How long after the last answer, reply or close a rating is taken and may change.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>
    /// The facts, or why it is not taken. The same rating again changes nothing and is no mistake; a remark is the last
    /// word.
    /// </summary>
    public static (IReadOnlyList<ConversationEvent> Facts, string? Problem) Decide(
        TicketTally tally, int stars, string? remark, DateTimeOffset now)
    {
        if (tally.RateableAt is not { } since) return ([], "nothing was answered yet that could be rated");
        if (now - since > Window)
            return ([], $"it could be rated for {Window.Days} days after the last answer, until {since + Window:yyyy-MM-dd}");
        var said = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        if (tally.Rating is { } before)
        {
            if (before.Stars == stars && (said is null || said == before.Remark)) return ([], null);
            if (before.Remark is not null) return ([], "it was rated with a remark, which is the last word");
        }
        return ([new ConversationEvent.Rated(stars, said)], null);
    }
}
