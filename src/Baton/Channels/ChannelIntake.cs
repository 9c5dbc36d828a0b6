using System.Diagnostics;
using Baton.Channels.Reading;
using Baton.Conversations;
using Baton.Conversations.Inbound;

namespace Baton.Channels;

/// <summary>Takes in what a channel has read.</summary>
internal sealed class ChannelIntake(Intake intake, ConversationStore store, ChannelReads reads)
{
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
        _ => throw new UnreachableException(arrival.GetType().Name),
    };
}
