using System.Diagnostics;
using Baton.Channels.Reading;
using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Storage;

namespace Baton.Channels;

/// <summary>Takes in what a channel has read.</summary>
internal sealed class ChannelIntake(
    Intake intake, ConversationStore store, ChannelReads reads, DeliveryFailures failures, Inbox inbox,
    TimeProvider clock, ApprovalDesk approvals, TeamSight? sight = null)
{
    private const int DigestCharacters = 12;

    /// <summary>A message reaches tickets of its own channel only: one door does not open another.</summary>
    public async Task<IntakeOutcome> AcceptAsync(
        IChannel channel, Arrival arrival, CancellationToken cancellationToken) => arrival switch
    {
        Arrival.Ticket ticket =>
            await intake.AcceptAsync(ticket.Content with { Channel = channel.Name }, cancellationToken),
        Arrival.Message message => store.Load(message.TicketId).Channel == channel.Name
            ? await intake.AddAsync(message.TicketId, message.Text, message.ExternalId, cancellationToken)
            : new IntakeOutcome.NotFound(message.TicketId),
        Arrival.Changed changed => await reads.AddAsync(channel, changed.ExternalId, cancellationToken),
        Arrival.Reply reply => await PlaceAsync(
            reply with { Content = reply.Content with { Channel = channel.Name } }, cancellationToken),
        Arrival.Failure failure => await failures.ReportAsync(channel.Name, failure, cancellationToken),
        Arrival.Claimed claimed => await ClaimAsync(claimed, cancellationToken),
        Arrival.Decided decided => await DecideAsync(decided, cancellationToken),
        _ => throw new UnreachableException(arrival.GetType().Name),
    };

    /// <summary>
    /// Some programs give all they send one name: what came under a name with other content is another delivery, not
    /// a lost one.
    /// </summary>
    private async Task<IntakeOutcome> PlaceAsync(Arrival.Reply reply, CancellationToken cancellationToken)
    {
        var outcome = await PutAsync(reply, cancellationToken);
        if (outcome is not (IntakeOutcome.OtherContent or IntakeOutcome.Conflict)) return outcome;
        var content = reply.Content;
        var digest = DeliveryDigest.Of(content)[..DigestCharacters];
        var name = $"{content.ExternalId}{Arrival.Reply.AgainMark}{digest}";
        return await PutAsync(reply with
        {
            Content = content with
            {
                TicketId = $"{content.TicketId}-{digest}", ExternalId = name,
                Messages = [content.Messages[0] with { Name = name }],
            },
        }, cancellationToken);
    }

    private Task<IntakeOutcome> PutAsync(Arrival.Reply reply, CancellationToken cancellationToken)
    {
        var content = reply.Content;
        if (Ticket(reply) is not { } ticket || ticket == content.TicketId)
            return intake.AcceptAsync(content, cancellationToken);
        var text = content.Messages[0];
        return intake.AddAsync(
            ticket, string.IsNullOrWhiteSpace(text.Text) ? text with { Text = content.Subject ?? "" } : text,
            content.ExternalId, cancellationToken);
    }

    /// <summary>Where it was put before, else where it says that it belongs; null opens a ticket.</summary>
    private string? Ticket(Arrival.Reply reply)
    {
        var channel = reply.Content.Channel;
        string? Known(string? name) => name is null ? null : store.Database.Read(
            connection => Deliveries.Find(connection, DeliveryName.OfName(channel, name)))?.ConversationId;
        return Known(reply.Content.Messages[0].Name)
            ?? reply.Tickets.FirstOrDefault(
                id => store.Load(id) is { Version: > 0 } ticket && ticket.Channel == channel)
            ?? reply.Names.Select(Known).FirstOrDefault(found => found is not null)
            ?? Latest(reply);
    }

    private string? Latest(Arrival.Reply reply) =>
        reply is { Within: { } within, Content: { CustomerId: { } customer, Channel: var channel } }
            ? store.Database.Read(connection => connection.First(
                """
                select conversation_id from conversations
                where customer_id = $1 and channel = $2 and updated_at > $3 order by started_at desc limit 1
                """,
                row => row.Text(0), customer, channel, SqlValue.Ms(clock.GetUtcNow() - within)))
            : null;

    /// <summary>
    /// What was decided already, or is not this person's to decide, stays as it is, and whoever pressed is told why.
    /// </summary>
    private async Task<IntakeOutcome> DecideAsync(Arrival.Decided decided, CancellationToken cancellationToken)
    {
        var answer = await approvals.DecideAsync(
            decided.ApprovalId,
            new ApprovalVote(decided.By, sight?.RoleOf(decided.By) ?? "viewer", decided.Approves,
                Why: decided.Approves ? null : "refused by a button"),
            null, cancellationToken);
        if (answer is ApprovalAnswer.NotThere) return new IntakeOutcome.NotFound(decided.ApprovalId);
        // Which values policy forbids stays in the console: they may be personal.
        var why = answer switch
        {
            ApprovalAnswer.Forbidden no =>
                $"policy does not allow the inputs as somebody changed them ({no.Clause}); change or refuse it in the inbox",
            ApprovalAnswer.NotAllowed no => no.Why,
            ApprovalAnswer.Late late => late.Why,
            _ => null,
        };
        if (why is not null && decided.Tell is { } tell)
            await tell($"Not {(decided.Approves ? "approved" : "refused")}: {why}.", cancellationToken);
        return new IntakeOutcome.Accepted(decided.ApprovalId, 0);
    }

    /// <summary>Somebody who was faster is no mistake of whoever pressed: the message there says who has it.</summary>
    private async Task<IntakeOutcome> ClaimAsync(Arrival.Claimed claimed, CancellationToken cancellationToken) =>
        (await inbox.ActAsync(
            claimed.TicketId, (_, _) => new PersonAction.Claim(), claimed.By, null, cancellationToken)).Found
            ? new IntakeOutcome.Accepted(claimed.TicketId, 0) : new IntakeOutcome.NotFound(claimed.TicketId);
}
