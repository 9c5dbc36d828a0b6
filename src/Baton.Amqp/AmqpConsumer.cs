using System.Text;
using Baton.Storage;
using Baton.Storage.Jobs.Dispatching;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Baton.Amqp;

/// <summary>Takes nudges of one queue for one worker, as many at once as it has places.</summary>
internal sealed class AmqpConsumer : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly IWorkSeat _seat;
    private readonly string _queue;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AmqpConsumer(IChannel channel, IWorkSeat seat, string queue)
    {
        (_channel, _seat, _queue) = (channel, seat, queue);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            _ended.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the broker is gone; fails when the database fails in a way that does not pass.</summary>
    public Task Ended => _ended.Task;

    public static async Task<AmqpConsumer> StartAsync(
        IConnection connection, string prefix, IWorkSeat seat, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var consumer = new AmqpConsumer(channel, seat, AmqpQueues.Of(prefix, seat.Queue));
        try
        {
            await AmqpQueues.DeclareAsync(channel, prefix, seat.Queue, cancellationToken).ConfigureAwait(false);
            await channel.BasicQosAsync(0, (ushort)seat.Places, false, cancellationToken).ConfigureAwait(false);
            var deliveries = new AsyncEventingBasicConsumer(channel);
            // Not awaited: the next delivery does not wait for this one's work.
            deliveries.ReceivedAsync += (_, delivery) =>
            {
                _ = consumer.WorkAsync(Encoding.UTF8.GetString(delivery.Body.Span), delivery.DeliveryTag);
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(consumer._queue, autoAck: false, deliveries, cancellationToken)
                .ConfigureAwait(false);
            return consumer;
        }
        catch
        {
            await AmqpLink.EndAsync(channel).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Nudges that wait for a free worker anywhere.</summary>
    public Task<uint> CountAsync(CancellationToken cancellationToken) =>
        _channel.MessageCountAsync(_queue, cancellationToken);

    /// <summary>What was not acknowledged goes to others, who find the work taken.</summary>
    public async ValueTask DisposeAsync() => await AmqpLink.EndAsync(_channel).ConfigureAwait(false);

    private async Task WorkAsync(string key, ulong tag)
    {
        try
        {
            await _seat.RunFirstAsync(key.Length == 0 ? null : key).ConfigureAwait(false);
            await _channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
        }
        catch (StorageException error)
        {
            _ended.TrySetException(error);
        }
        catch (Exception error) when (AmqpLink.Passes(error))
        {
            // Somebody else hears of it again and finds nothing to do.
        }
    }
}
