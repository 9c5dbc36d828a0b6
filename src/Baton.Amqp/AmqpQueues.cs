using RabbitMQ.Client;

namespace Baton.Amqp;

/// <summary>What there is on the broker. No text of a customer is ever in it.</summary>
internal static class AmqpQueues
{
    /// <summary>Deliveries of one nudge before it is put aside: more than workers that die in a row.</summary>
    private const int DeliveryLimit = 50;

    /// <summary>Nudges that may wait; more are refused, and the look into the table finds the work.</summary>
    private const long Most = 1_000_000;

    /// <summary>Kept for whoever looks why nudges went round and round.</summary>
    private const long MostDead = 10_000;

    /// <summary>The queue of a kind of work, such as <c>baton.jobs</c>.</summary>
    public static string Of(string prefix, string queue) => $"{prefix}.{queue}";

    /// <summary>Tells all processes at once.</summary>
    public static string Signals(string prefix) => $"{prefix}.signals";

    /// <summary>Makes what is not there; what is there stays.</summary>
    public static async Task DeclareAsync(
        IChannel channel, string prefix, string queue, CancellationToken cancellationToken)
    {
        var dead = $"{prefix}.dead";
        await channel.QueueDeclareAsync(
            dead, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = MostDead },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.QueueDeclareAsync(
            Of(prefix, queue), durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-delivery-limit"] = DeliveryLimit,
                ["x-max-length"] = Most,
                ["x-overflow"] = "reject-publish",
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = dead,
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the exchange of the signals.</summary>
    public static Task DeclareSignalsAsync(IChannel channel, string prefix, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(
            Signals(prefix), ExchangeType.Fanout, durable: true, autoDelete: false,
            cancellationToken: cancellationToken);
}
