using System.Globalization;
using Baton.Playbooks;

namespace Baton.Conversations.Tickets.Lists;

/// <summary>Filters of the ticket list; all that are given must hold.</summary>
internal sealed class TicketFilter
{
    private const int MostPerPage = 200;

    /// <summary>How far back closed tickets are listed where nothing is said.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

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

    /// <summary>
    /// Closed tickets that changed last before this day are left out: a date such as 2026-08-01; null is
    /// <see cref="LookBack"/> ago.
    /// </summary>
    public string? Since { get; set; }

    /// <summary>Tickets per page, 1 to 200.</summary>
    public int? Limit { get; set; }

    /// <summary>What an earlier page gave as <c>next</c>.</summary>
    public string? After { get; set; }

    internal int Take => Limit ?? 50;

    /// <summary>Whether every ticket is one that it asks for.</summary>
    internal bool IsEmpty => (Status, Route, Outcome, Intent, Queue, Channel, Review, Q)
        is (null, null, null, null, null, null, null, null);

    /// <summary>Whether only tickets that are not closed, or only closed ones, are asked for; null: both.</summary>
    internal bool? IsOpenOnly => Status is null
        ? null : !string.Equals(Status, EnumWords.Of(ConversationStatus.Closed), StringComparison.OrdinalIgnoreCase);

    internal DateTimeOffset From(DateTimeOffset now) =>
        Since is null || !TryDay(Since, out var day)
            ? now - LookBack : new DateTimeOffset(day, TimeOnly.MinValue, default);

    /// <exception cref="TicketFormatException">A filter has a value that cannot match anything.</exception>
    public void Check()
    {
        if (Take is < 1 or > MostPerPage)
            throw new TicketFormatException("limit", $"is {Limit}: use 1 to {MostPerPage}");
        OneOf("status", Status, Enum.GetValues<ConversationStatus>().Select(EnumWords.Of));
        OneOf("route", Route, Enum.GetValues<Playbooks.Route>().Select(EnumWords.Of));
        OneOf("outcome", Outcome, Enum.GetValues<OutcomeKind>().Select(EnumWords.Of));
        if (Since is not null && !TryDay(Since, out _))
            throw new TicketFormatException("since", $"is '{Since}': write a date, such as 2026-08-01");
        if (Q?.Length > LongestText)
            throw new TicketFormatException("q", $"has {Q.Length} characters, the limit is {LongestText}");
        if (After is not null && !TicketCursor.TryRead(After, out _))
            throw new TicketFormatException("after", $"is '{After}': pass what the page before gave as next");
    }

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

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
