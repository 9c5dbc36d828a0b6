using Baton.Channels;

namespace Baton.Tests.Channels;

/// <summary>A channel that remembers what it was given and answers as told.</summary>
internal sealed class ListeningChannel(string name = "pigeon") : IChannel
{
    public string Name => name;

    public ChannelWays Ways { get; init; } = ChannelWays.Out;

    public bool IsLive { get; init; }

    public string? Missing { get; set; }

    public List<Outgoing> Sent { get; } = [];

    public Func<Outgoing, DeliveryOutcome> Answer { get; set; } = _ => new DeliveryOutcome.Delivered("p-1");

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        Sent.Add(message);
        return Task.FromResult(Answer(message));
    }
}
