using Baton.Storage.Events;

namespace Baton.People.Inboxes.Pulse;

/// <summary>What changed since an open page last heard of it.</summary>
/// <param name="Place">Place in the ledger up to which this tells.</param>
/// <param name="Tickets">Tickets that something happened to, or that others opened, left or type a reply to.</param>
/// <param name="Listed">Those of them that lists show, or showed until now.</param>
internal sealed record InboxChange(
    LedgerPlace Place, IReadOnlyCollection<string> Tickets, IReadOnlyCollection<string> Listed)
{
    /// <summary>More than is told one by one: a page fetches all that it shows.</summary>
    public bool IsAll { get; init; }

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty => !IsAll && Tickets.Count == 0;
}
