using Baton.Storage;

namespace Baton.Conversations.Inbound;

/// <summary>One delivery as it is recognised: by its names, and by what it holds.</summary>
/// <param name="Names">All of them; none for a message that brings no id.</param>
/// <param name="Digest">See <see cref="DeliveryDigest"/>.</param>
internal sealed record InboundDelivery(IReadOnlyList<DeliveryName> Names, string Digest)
{
    /// <summary>The ticket it opens; null for a message to a ticket that is there.</summary>
    public InboundTicket? Ticket { get; private init; }

    /// <summary>
    /// Names of the messages that it opens a ticket with, and the place of each; most channels give none.
    /// </summary>
    public IEnumerable<(DeliveryName Name, int Row)> MessageNames => Ticket is null ? [] :
        from message in Ticket.Messages.Index()
        where message.Item.ExternalId is not null
        select (DeliveryName.OfMessage(Ticket.Channel, Ticket.TicketId, message.Item.ExternalId!), message.Index);

    private string? Subject => Ticket?.Subject;

    private IReadOnlyList<string> Texts { get; init; } = [];

    public static InboundDelivery Of(InboundTicket ticket)
    {
        var names = new List<DeliveryName>(2);
        if (ticket.ExternalId is { } id) names.Add(DeliveryName.OfTicket(ticket.Channel, id));
        if (ticket.IdempotencyKey is { } key) names.Add(DeliveryName.OfKey(null, key));
        return new InboundDelivery(names, DeliveryDigest.Of(ticket))
        {
            Ticket = ticket, Texts = [.. ticket.Messages.Select(m => m.Text)],
        };
    }

    public static InboundDelivery Of(
        Conversation conversation, InboundText message, string? externalId, string? idempotencyKey)
    {
        var names = new List<DeliveryName>(2);
        if (externalId is not null)
            names.Add(DeliveryName.OfMessage(conversation.Channel, conversation.Id, externalId));
        if (idempotencyKey is not null) names.Add(DeliveryName.OfKey(conversation.Id, idempotencyKey));
        return new InboundDelivery(names, DeliveryDigest.Of(message, externalId)) { Texts = [message.Text] };
    }

    /// <summary>What to answer when it came before; null when it is new.</summary>
    public IntakeOutcome? Recognise(WriteTransaction transaction)
    {
        // Of two that come at once the second finds the first.
        transaction.Lock(
            [.. Names.Select(n => n.Lock), .. Ticket is null ? [] : (string[])[Ticket.TicketId]]);
        KnownDelivery? known = null;
        foreach (var name in Names)
        {
            if (Deliveries.Find(transaction, name) is not { } found) continue;
            if (Differs(transaction, found) is { } digests) return Other(name.Kind, name.Id, found, digests);
            known ??= found;
        }
        if (known is null && Ticket is { } ticket
            && Deliveries.FindOpening(transaction, ticket.TicketId) is { } opening)
        {
            if (ticket.ExternalId is not null || opening.Channel != ticket.Channel) return Taken(ticket);
            if (Differs(transaction, opening) is { } digests) return Other(null, ticket.TicketId, opening, digests);
            known = opening;
        }
        if (known is null) return null;
        foreach (var name in Names) Deliveries.Insert(transaction, name, known.MessageId);
        return new IntakeOutcome.Duplicate(
            known.ConversationId, Ticket?.Messages.Count(m => m.From == Author.Customer) ?? known.Turn);
    }

    /// <summary>Both digests when the one that came before held something else.</summary>
    private (string Then, string Now)? Differs(WriteTransaction transaction, KnownDelivery known)
    {
        var (then, now) = known.IsErased ? (Digest, Digest) : (known.Digest, Digest);
        if (then is null)
        {
            then = DeliveryDigest.OfTexts(known.Subject, Deliveries.Texts(transaction, known.MessageId, Texts.Count));
            now = DeliveryDigest.OfTexts(Subject, Texts);
        }
        // An id that the sender chose is part of what it sent, also where the old digest does not say so.
        var elsewhere = Ticket is { IdIsMade: false } && known.ConversationId != Ticket.TicketId;
        return then == now && !elsewhere ? null : (then, elsewhere && then == now ? Digest : now);
    }

    private static IntakeOutcome.OtherContent Other(
        DeliveryKind? kind, string id, KnownDelivery known, (string Then, string Now) digests)
    {
        var what = kind switch
        {
            DeliveryKind.Key => "Idempotency-Key",
            DeliveryKind.Message => "message id",
            DeliveryKind.Ticket => "delivery id",
            _ => "ticket id",
        };
        return new IntakeOutcome.OtherContent(
            $"{what} '{id}' came before with other content: digest {digests.Then} then (kept as message "
            + $"{known.MessageId}), {digests.Now} now. Nothing of this one was stored: send it under another "
            + (kind == DeliveryKind.Key ? "key" : "id") + ", or as a further message of the ticket.",
            kind == DeliveryKind.Key);
    }

    private static IntakeOutcome.Conflict Taken(InboundTicket ticket) => new(
        $"ticket '{ticket.TicketId}' exists already under another channel or delivery id: "
        + "add to it with a message, or choose another id");
}
