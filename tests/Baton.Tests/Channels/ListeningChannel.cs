using Baton.Channels;

namespace Baton.Tests.Channels;

/// <summary>A channel that remembers what it was given and answers as told.</summary>
internal sealed class ListeningChannel(string name = "pigeon") : IChannel
{
    public string Name => name;

    public ChannelWays Ways { get; init; } = ChannelWays.Out;

    public bool IsLive { get; init; }

    /// <summary>What is not set, whichever way is asked for.</summary>
    public string? Unset { get; set; }

    public string? Missing(ChannelWays way) => Unset;

    /// <summary>Whether it reaches customers of other channels' tickets.</summary>
    public bool CanReach { get; set; }

    public string? Unreachable(OutgoingText text) =>
        CanReach ? null : $"channel {Name} knows the customer only by tickets of its own";

    public List<Outgoing> Sent { get; } = [];

    public Func<Outgoing, DeliveryOutcome> Answer { get; set; } = _ => new DeliveryOutcome.Delivered("p-1");

    public Task<DeliveryOutcome> DeliverAsync(Outgoing message, CancellationToken cancellationToken)
    {
        Sent.Add(message);
        return Task.FromResult(Answer(message));
    }
}
