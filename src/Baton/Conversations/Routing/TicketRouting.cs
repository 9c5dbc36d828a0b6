using System.Collections.Immutable;

namespace Baton.Conversations.Routing;

/// <summary>How a ticket is on its way to a person, as its events tell it.</summary>
public sealed record TicketRouting
{
    /// <summary>Of a ticket that no person has to take.</summary>
    public static TicketRouting None { get; } = new();

    public TicketNeeds Needs { get; init; } = TicketNeeds.Unknown;

    /// <summary>Since when the customer has waited for a person; a release does not make it younger.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Person who may take it now, before anybody else is asked.</summary>
    public string? OfferedTo { get; init; }

    public DateTimeOffset? OfferEndsAt { get; init; }

    /// <summary>Who declined it, let it pass or gave it back, in that order.</summary>
    public ImmutableList<string> PassedBy { get; init; } = [];

    /// <summary>The routing after one more event.</summary>
    public TicketRouting Next(ConversationEvent fact, DateTimeOffset at) => fact switch
    {
        ConversationEvent.Escalated e =>
            new TicketRouting { Needs = e.Needs ?? TicketNeeds.Unknown, WaitingSince = at },
        ConversationEvent.Offered e => this with { OfferedTo = e.To, OfferEndsAt = e.Until },
        ConversationEvent.OfferDeclined e => Passed(e.By),
        ConversationEvent.OfferExpired e => Passed(e.To),
        ConversationEvent.Released e => Passed(e.By),
        ConversationEvent.OfferAccepted or ConversationEvent.Assigned or ConversationEvent.Claimed
            or ConversationEvent.HandedOver or ConversationEvent.Rerouted or ConversationEvent.Requeued => this with
            {
                OfferedTo = null, OfferEndsAt = null, PassedBy = [],
            },
        ConversationEvent.Closed or ConversationEvent.Unlocked or ConversationEvent.MergedInto
            or ConversationEvent.ResolutionConfirmed { OnlyTells: false } => None,
        _ => this,
    };

    /// <summary>The last one who passed is asked last.</summary>
    private TicketRouting Passed(string person) => this with
    {
        OfferedTo = null, OfferEndsAt = null, PassedBy = PassedBy.Remove(person).Add(person),
    };
}
