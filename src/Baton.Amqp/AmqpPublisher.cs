using System.Diagnostics.Metrics;
using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;

namespace Baton.Amqp;

/// <summary>
/// Sends nudges and signals in the background. What cannot be sent is lost and counted: the table of jobs knows it all.
/// </summary>
internal sealed class AmqpPublisher : IAsyncDisposable
{
    /// <summary>What waits to be sent; more is lost.</summary>
    private const int Most = 10_000;

    /// <summary>Sent before the first of them is confirmed.</summary>
    private const int AtOnce = 128;

    private static readonly Meter Meter = new("Baton.Dispatch");

    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "baton.dispatch.nudges", description: "Nudges that the broker has confirmed.");

    private static readonly Counter<long> Lost = Meter.CreateCounter<long>(
        "baton.dispatch.nudges_lost", description: "Nudges that never reached the broker; the table has the work.");

    private readonly AmqpLink _link;
    private readonly string _prefix;
    private readonly Channel<(string? Queue, string Body)> _waiting;
    private readonly CancellationTokenSource _ends = new();
    private readonly HashSet<string> _declared = [];
    private readonly Task _sending;
    private IChannel? _channel;

    public AmqpPublisher(AmqpLink link, string prefix)
    {
        (_link, _prefix) = (link, prefix);
        _waiting = Channel.CreateBounded<(string?, string)>(
            new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Lost.Add(1));
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Sends soon, or not at all.</summary>
    /// <param name="queue">Null tells every process.</param>
    public void Send(string? queue, string body) => _waiting.Writer.TryWrite((queue, body));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        // What follows from the last commits still leaves, if it can at once.
        _ends.CancelAfter(TimeSpan.FromSeconds(1));
        await _sending.ConfigureAwait(false);
        _ends.Dispose();
    }

    private async Task SendAsync()
    {
        var reader = _waiting.Reader;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            List<(string? Queue, string Body)> batch = [];
            // Twice the same in one batch would be one claim too many.
            while (batch.Count < AtOnce && reader.TryRead(out var next))
                if (!batch.Contains(next)) batch.Add(next);
            await SendAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(List<(string? Queue, string Body)> batch)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ends.Token);
            limit.CancelAfter(AmqpLink.Limit);
            if (await OpenAsync(limit.Token).ConfigureAwait(false) is not { } channel)
            {
                Lost.Add(batch.Count);
                return;
            }
            foreach (var queue in batch.Select(b => b.Queue).Distinct())
                if (queue is not null && _declared.Add(queue))
                    await AmqpQueues.DeclareAsync(channel, _prefix, queue, limit.Token).ConfigureAwait(false);
            await Task.WhenAll(batch.Select(b => PublishAsync(channel, b.Queue, b.Body, limit.Token)))
                .ConfigureAwait(false);
            Published.Add(batch.Count);
        }
        catch (Exception)
        {
            // Whatever it was: what cannot be sent is lost and counted, and the next batch is tried anew.
            Lost.Add(batch.Count);
            if (_channel is { } broken) await AmqpLink.EndAsync(broken).ConfigureAwait(false);
            _channel = null;
        }
    }

    private Task PublishAsync(IChannel channel, string? queue, string body, CancellationToken cancellationToken) =>
        channel.BasicPublishAsync(
            queue is null ? AmqpQueues.Signals(_prefix) : "", queue is null ? "" : AmqpQueues.Of(_prefix, queue),
            mandatory: false, new BasicProperties { Persistent = queue is not null }, Encoding.UTF8.GetBytes(body),
            cancellationToken).AsTask();

    private async Task<IChannel?> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true }) return _channel;
        if (await _link.FindAsync(cancellationToken).ConfigureAwait(false) is not { } connection) return null;
        if (_channel is { } gone) await AmqpLink.EndAsync(gone).ConfigureAwait(false);
        _declared.Clear();
        _channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken).ConfigureAwait(false);
        await AmqpQueues.DeclareSignalsAsync(_channel, _prefix, cancellationToken).ConfigureAwait(false);
        return _channel;
    }
}
