using Baton.Playbooks;

namespace Baton.Conversations.Tickets;

/// <summary>Filters of the ticket list; all that are given must hold.</summary>
internal sealed class TicketFilter
{
    private const int MostPerPage = 200;

    /// <summary>Longest text that is searched for, characters.</summary>
    private const int LongestText = 200;

    public string? Status { get; set; }

    public string? Route { get; set; }

    public string? Outcome { get; set; }

    public string? Intent { get; set; }

    public string? Queue { get; set; }

    public string? Channel { get; set; }

    /// <summary>Only decisions under the confidence floor.</summary>
    public bool? Review { get; set; }

    /// <summary>Part of the id, the subject or a message.</summary>
    public string? Q { get; set; }

    /// <summary>Tickets per page, 1 to 200.</summary>
    public int? Limit { get; set; }

    /// <summary>What an earlier page gave as <c>next</c>.</summary>
    public string? After { get; set; }

    internal int Take => Limit ?? 50;

    /// <exception cref="TicketFormatException">A filter has a value that cannot match anything.</exception>
    public void Check()
    {
        if (Take is < 1 or > MostPerPage)
            throw new TicketFormatException("limit", $"is {Limit}: use 1 to {MostPerPage}");
        OneOf("status", Status, Enum.GetValues<ConversationStatus>().Select(EnumWords.Of));
        OneOf("route", Route, Enum.GetValues<Playbooks.Route>().Select(EnumWords.Of));
        OneOf("outcome", Outcome, Enum.GetValues<OutcomeKind>().Select(EnumWords.Of));
        if (Q?.Length > LongestText)
            throw new TicketFormatException("q", $"has {Q.Length} characters, the limit is {LongestText}");
        if (After is not null && !TicketCursor.TryRead(After, out _))
            throw new TicketFormatException("after", $"is '{After}': pass what the page before gave as next");
    }

    private static void OneOf(string field, string? value, IEnumerable<string> words)
    {
        if (value is not null && !words.Contains(value, StringComparer.OrdinalIgnoreCase))
            throw new TicketFormatException(field, $"is '{value}': use {string.Join(", ", words)}");
    }
}

/// <summary>Place in the list: the last ticket of a page.</summary>
internal readonly record struct TicketCursor(long UpdatedAtMs, string Id)
{
    /// <summary>Before the newest ticket.</summary>
    public static readonly TicketCursor Start = new(long.MaxValue, "");

    public override string ToString() => $"{UpdatedAtMs}~{Id}";

    public static bool TryRead(string text, out TicketCursor cursor)
    {
        cursor = default;
        if (text.IndexOf('~') is not (> 0 and var at) || !long.TryParse(text.AsSpan(0, at), out var ms)) return false;
        cursor = new TicketCursor(ms, text[(at + 1)..]);
        return true;
    }
}
