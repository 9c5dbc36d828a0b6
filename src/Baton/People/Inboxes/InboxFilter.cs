using Baton.Conversations.Tickets;
using Baton.Playbooks;

namespace Baton.People.Inboxes;

/// <summary>Which tickets a list shows, and from where on; all that is given must hold.</summary>
internal sealed record InboxFilter
{
    /// <summary>Tickets on a page.</summary>
    public const int Page = 50;

    /// <summary>Longest text that is searched for, characters.</summary>
    private const int LongestText = 200;

    public InboxView View { get; init; }

    /// <summary>Who looks: id of the person, or name of the key.</summary>
    public required string Me { get; init; }

    /// <summary>Queues of who looks.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    public string? Queue { get; init; }

    public string? Channel { get; init; }

    public string? Tier { get; init; }

    public Priority? Priority { get; init; }

    /// <summary>Part of the id, the customer or what was written, redacted.</summary>
    public string? Q { get; init; }

    /// <summary>What the page before gave as next.</summary>
    public string? After { get; init; }

    /// <summary>Place after which the page begins.</summary>
    /// <exception cref="TicketFormatException">A value cannot match anything.</exception>
    internal InboxPlace Start()
    {
        if (Q?.Length > LongestText)
            throw new TicketFormatException("q", $"has {Q.Length} characters, the limit is {LongestText}");
        if (After is null) return InboxPlace.First;
        return InboxPlace.Read(After)
            ?? throw new TicketFormatException("after", $"is '{After}': pass what the page before gave as next");
    }
}
