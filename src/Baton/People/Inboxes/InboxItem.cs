using Baton.Playbooks;

namespace Baton.People.Inboxes;

/// <summary>One ticket of a list. Texts are redacted.</summary>
/// <param name="Person">Who has it, or is offered it; null: nobody.</param>
/// <param name="OfferEnds">Until when it is offered; null: it is not.</param>
/// <param name="Version">Of the ticket, as the list shows it.</param>
/// <param name="AwaitsCustomer">The next word is the customer's.</param>
public sealed record InboxItem(
    string Id, string Queue, bool Claimed, string? Person, DateTimeOffset? OfferEnds, Priority Priority,
    DateTimeOffset? OwedAt, DateTimeOffset? WarnAt, DateTimeOffset WaitingSince, bool AwaitsCustomer, string Channel,
    string? Customer, string? Tier, string? Summary, string? Reason, long Version = 0)
{
    public InboxClock Clock(DateTimeOffset now) => InboxClock.Of(OwedAt, WarnAt, AwaitsCustomer, now);
}

/// <summary>One page of a list.</summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
internal sealed record InboxPageOf(IReadOnlyList<InboxItem> Items, string? Next);

/// <summary>How many tickets each list has.</summary>
/// <param name="ByQueue">What nobody has, by queue.</param>
public sealed record InboxCounts(
    int Mine, int Offered, IReadOnlyDictionary<string, int> ByQueue, int Unassigned, int Late, int All);
