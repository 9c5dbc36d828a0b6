using Baton.Conversations.Attachments;
using Baton.Conversations.Clearing;
using Baton.Conversations.Merging;
using Baton.Playbooks;
using Baton.Privacy.Presidio;
using Baton.Storage;
using Baton.Storage.Jobs;

namespace Baton.Conversations.Inbound;

/// <summary>
/// Takes deliveries in: de-duplicates, redacts, and stores messages, events and the turn's job in one transaction.
/// What is accepted is on the disk.
/// </summary>
internal sealed class Intake(
    ConversationStore store, JobQueue jobs, InformedRedaction redaction, PlaybookHost playbooks, IntakeOptions options,
    IntakeLoad load, TimeProvider clock)
{
    /// <summary>Kind of the job that decides a turn; its key is the conversation.</summary>
    public const string TurnJob = "turn";

    /// <summary>Takes a new ticket, or says that it was there before.</summary>
    public async Task<IntakeOutcome> AcceptAsync(InboundTicket ticket, CancellationToken cancellationToken)
    {
        ticket = ticket.WithText();
        if (InboundRules.Check(ticket, options) is { } rejected) return rejected;
        var redactor = await redaction.ForAsync(
            [ticket.Subject, .. ticket.Messages.Select(m => m.Seen()), .. ticket.Fields.Values], cancellationToken);
        var prepared = With(
            InboundFacts.ForTicket(ticket, redactor, playbooks.Current.Limits, clock.GetUtcNow()), ticket.Messages);
        var delivery = InboundDelivery.Of(ticket);
        var facts = store.Read(prepared.Events);
        return (await BusyWhenFull(store.Database.WriteAsync(
            transaction => delivery.Recognise(transaction)
                ?? Store(transaction, new Conversation { Id = ticket.TicketId }, prepared, facts, delivery),
            cancellationToken)))!;
    }

    /// <inheritdoc cref="AddAsync(string, InboundText, string?, string?, CancellationToken)"/>
    public Task<IntakeOutcome> AddAsync(
        string ticketId, InboundText message, string? externalId, CancellationToken cancellationToken) =>
        AddAsync(ticketId, message, externalId, null, cancellationToken);

    /// <summary>Adds a message to a ticket.</summary>
    /// <param name="externalId">The sender's id of the message in this ticket; the same id twice is the same
    /// message.</param>
    /// <param name="idempotencyKey">The sender's name of this request to this ticket.</param>
    public async Task<IntakeOutcome> AddAsync(
        string ticketId, InboundText message, string? externalId, string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        if (InboundRules.Check(message, options) is { } rejected) return rejected;
        if (InboundRules.CheckNames(("id", externalId), (InboundRules.KeyHeader, idempotencyKey)) is { } unnamed)
            return unnamed;
        var redactor = await redaction.ForAsync([message.Seen()], cancellationToken);
        while (true)
        {
            var asked = store.Load(ticketId);
            if (asked.Version == 0) return new IntakeOutcome.NotFound(ticketId);
            // What is written to a merged ticket belongs where it is worked on.
            var before = TicketMerging.Current(store, asked);
            if (before.Messages >= options.MessagesPerConversation) return Full(before);
            var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, before.Id));
            var prepared = With(InboundFacts.ForMessage(
                before, message, externalId, placeholders, redactor, playbooks.Current.Limits, clock.GetUtcNow()),
                [message]);
            var delivery = InboundDelivery.Of(before, message, externalId, idempotencyKey);
            var then = asked.Id == before.Id ? null : InboundDelivery.Of(asked, message, externalId, idempotencyKey);
            var facts = store.Read(prepared.Events);
            var outcome = await BusyWhenFull(store.Database.WriteAsync(
                transaction =>
                {
                    transaction.Lock(asked.Id, before.Id);
                    // One that came before the merge is known under the ticket it came to.
                    return then?.Recognise(transaction) ?? delivery.Recognise(transaction)
                        ?? Store(transaction, before, prepared, facts, delivery);
                },
                cancellationToken));
            if (outcome is not null) return outcome;
        }
    }

    /// <summary>
    /// Adds messages of one ticket that came together: all of them, in their order, before anybody decides on one.
    /// Those that came before are left out.
    /// </summary>
    /// <param name="messages">Each with its <see cref="InboundText.ExternalId"/>.</param>
    public async Task<IntakeOutcome> AddAllAsync(
        string ticketId, IReadOnlyList<InboundText> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            if ((InboundRules.Check(message, options)
                ?? InboundRules.CheckNames(("id", message.ExternalId))) is { } bad)
                return bad;
        var redactor = await redaction.ForAsync([.. messages.Select(m => m.Seen())], cancellationToken);
        while (true)
        {
            var asked = store.Load(ticketId);
            if (asked.Version == 0) return new IntakeOutcome.NotFound(ticketId);
            var before = TicketMerging.Current(store, asked);
            var fresh = store.Database.Read(connection => Fresh(connection, asked, before, messages));
            if (fresh.Count == 0) return new IntakeOutcome.Duplicate(before.Id, before.CustomerMessages);
            if (before.Messages + fresh.Count > options.MessagesPerConversation) return Full(before);
            var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, before.Id));
            var prepared = With(InboundFacts.ForMessages(
                before, fresh, placeholders, redactor, playbooks.Current.Limits, clock.GetUtcNow()), fresh);
            var facts = store.Read(prepared.Events);
            var outcome = await BusyWhenFull(store.Database.WriteAsync(
                transaction =>
                {
                    transaction.Lock(asked.Id, before.Id);
                    return Fresh(transaction, asked, before, messages).Count == fresh.Count
                        ? Store(transaction, before, prepared, facts) : null;
                },
                cancellationToken));
            if (outcome is not null) return outcome;
        }
    }

    /// <summary>Those messages of a ticket that have not come yet.</summary>
    /// <param name="messages">Each with its <see cref="InboundText.ExternalId"/>.</param>
    public IReadOnlyList<InboundText> Fresh(string ticketId, IReadOnlyList<InboundText> messages)
    {
        var asked = store.Load(ticketId);
        var now = TicketMerging.Current(store, asked);
        return store.Database.Read(connection => Fresh(connection, asked, now, messages));
    }

    private static IntakeOutcome.Rejected Full(Conversation ticket) => new(
        "messages", $"ticket '{ticket.Id}' has {ticket.Messages} messages, which is the limit: open a new ticket");

    private static List<InboundText> Fresh(
        ReadConnection connection, Conversation asked, Conversation ticket, IReadOnlyList<InboundText> messages) =>
    [
        // What came before a merge is known under the ticket it came to.
        .. messages.Where(m => ((Conversation[])[asked, ticket]).All(t => Deliveries.Find(
            connection, DeliveryName.OfMessage(t.Channel, t.Id, m.ExternalId!)) is null)),
    ];

    private async Task<IntakeOutcome?> BusyWhenFull(Task<IntakeOutcome?> write)
    {
        try
        {
            return await load.CountAsync(write);
        }
        catch (QueueFullException full)
        {
            return new IntakeOutcome.Busy(full.RetryAfter);
        }
    }

    private InboundFacts With(InboundFacts facts, IReadOnlyList<InboundText> messages) =>
        messages.All(m => m is { Attachments.Count: 0, Name: null }) ? facts : facts with
        {
            Names = [.. facts.Rows.Zip(messages).Where(pair => pair.Second.Name is not null).Select(pair =>
                (DeliveryName.OfName(pair.First.Channel, pair.Second.Name!), pair.First.Id))],
            Files = [.. facts.Rows.Zip(messages).SelectMany(pair => AttachmentRules.Rows(
                pair.First.ConversationId, pair.First.Position, pair.Second.Attachments, options.Attachments))],
        };

    /// <summary>Null when the conversation has changed since it was read.</summary>
    private IntakeOutcome? Store(
        WriteTransaction transaction, Conversation before, InboundFacts prepared, IReadOnlyList<ReadFact> facts,
        InboundDelivery delivery)
    {
        var rows = prepared.Rows;
        var stored = Store(transaction, before,
            prepared with { Rows = [rows[0] with { Digest = delivery.Digest }, .. rows.Skip(1)] }, facts);
        if (stored is null) return null;
        foreach (var name in delivery.Names) Deliveries.Insert(transaction, name, rows[0].Id);
        foreach (var (name, row) in delivery.MessageNames) Deliveries.Insert(transaction, name, rows[row].Id);
        return stored;
    }

    private IntakeOutcome? Store(
        WriteTransaction transaction, Conversation before, InboundFacts prepared, IReadOnlyList<ReadFact> facts)
    {
        if (store.Save(transaction, before, facts, clock.GetUtcNow(), out _) is not { } now) return null;
        foreach (var row in prepared.Rows)
        {
            MessageRows.Insert(transaction, row);
            // The first one of a ticket has the delivery's name, which is no message's.
            if (before.Version > 0 && row.ExternalId is { } id)
                Deliveries.Insert(transaction, DeliveryName.OfMessage(row.Channel, row.ConversationId, id), row.Id);
        }
        foreach (var file in prepared.Files) file.Insert(transaction);
        foreach (var (name, message) in prepared.Names) Deliveries.Insert(transaction, name, message);
        var queued = jobs.Enqueue(transaction, new NewJob { Kind = TurnJob, Key = now.Id });
        // A full queue undoes this work as a whole: the sender keeps the message and tries again.
        if (queued is EnqueueOutcome.QueueFull full) throw new QueueFullException(full.Waiting, full.RetryAfter);
        return new IntakeOutcome.Accepted(now.Id, now.CustomerMessages);
    }
}
