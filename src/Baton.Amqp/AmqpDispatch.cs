using System.Text;
using Baton.Storage.Jobs.Dispatching;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Baton.Amqp;

/// <summary>
/// A broker tells one free worker of each piece of work. The message says only whose work it is; the row in the table
/// of jobs is the work, and the worker claims it there. So a message that is lost, doubled or late harms nothing:
/// every second each worker looks for what was missed, and without the broker it looks for everything.
/// See docs/decisions/2026-11-30-a-broker-nudges.md.
/// </summary>
internal sealed class AmqpDispatch : IDispatch, IAsyncDisposable
{
    /// <summary>Between two looks for what no nudge came for.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <summary>Due for so long although no nudge waits: its nudge was lost.</summary>
    private static readonly TimeSpan Missed = TimeSpan.FromSeconds(1);

    /// <summary>The same while nudges wait: its own may be among them.</summary>
    private static readonly TimeSpan MissedInLine = TimeSpan.FromSeconds(60);

    private readonly AmqpLink _link;
    private readonly AmqpPublisher _publisher;
    private readonly string _prefix;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ends = new();
    private Task? _hearing;

    public AmqpDispatch(DispatchOptions options, TimeProvider clock, ILogger<AmqpDispatch> logger)
    {
        (_prefix, _clock) = (options.Prefix, clock);
        _link = new AmqpLink(options, clock, logger);
        _publisher = new AmqpPublisher(_link, _prefix);
    }

    /// <summary>Host and port of the broker.</summary>
    public string Place => _link.Place;

    /// <summary>Whether the broker can be used now. Asks nobody: a probe must not wait for one that is gone.</summary>
    public bool IsUp => _link.IsUp;

    public void Nudge(string queue, string? key) => _publisher.Send(queue, key ?? "");

    public void Signal(string text) => _publisher.Send(null, text);

    public void Hear(Action<string> hear) => _hearing ??= Task.Run(() => HearAsync(hear, _ends.Token));

    public async Task RunAsync(IWorkSeat seat, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var consumer = await StartAsync(seat, cancellationToken).ConfigureAwait(false);
            using var tick = new PeriodicTimer(Sweep, _clock);
            while (!consumer.Ended.IsCompleted)
            {
                var next = tick.WaitForNextTickAsync(cancellationToken).AsTask();
                await Task.WhenAny(next, consumer.Ended).ConfigureAwait(false);
                if (consumer.Ended.IsCompleted) break;
                await next.ConfigureAwait(false);
                await LookAsync(seat, consumer, cancellationToken).ConfigureAwait(false);
            }
            await consumer.Ended.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync().ConfigureAwait(false);
        await _ends.CancelAsync().ConfigureAwait(false);
        if (_hearing is { } hearing) await hearing.ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        _ends.Dispose();
    }

    private static async Task LookAsync(IWorkSeat seat, AmqpConsumer consumer, CancellationToken cancellationToken)
    {
        try
        {
            var waiting = await consumer.CountAsync(cancellationToken).ConfigureAwait(false);
            while (await seat.TakeDueAsync(waiting == 0 ? Missed : MissedInLine).ConfigureAwait(false)) { }
        }
        catch (Exception error) when (AmqpLink.Passes(error))
        {
            // The broker is going: the consumer ends.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// A consumer, as soon as the broker can be reached. Until then the table says what the nudges would have said.
    /// </summary>
    private async Task<AmqpConsumer> StartAsync(IWorkSeat seat, CancellationToken cancellationToken)
    {
        while (true)
        {
            var starting = TryStartAsync(seat, cancellationToken);
            while (!starting.IsCompleted)
            {
                while (await seat.TakeDueAsync(TimeSpan.Zero).ConfigureAwait(false)) { }
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var woken = seat.WokenAsync(either.Token).AsTask();
                await Task.WhenAny(woken, starting).ConfigureAwait(false);
                await either.CancelAsync().ConfigureAwait(false);
                await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
            if (await starting.ConfigureAwait(false) is { } consumer) return consumer;
            while (await seat.TakeDueAsync(TimeSpan.Zero).ConfigureAwait(false)) { }
            await seat.WokenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AmqpConsumer?> TryStartAsync(IWorkSeat seat, CancellationToken cancellationToken)
    {
        try
        {
            return await _link.FindAsync(cancellationToken).ConfigureAwait(false) is { } connection
                ? await AmqpConsumer.StartAsync(connection, _prefix, seat, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (Exception error) when (AmqpLink.Passes(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task HearAsync(Action<string> hear, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await HearOnceAsync(hear, cancellationToken).ConfigureAwait(false);
                await Task.Delay(AmqpLink.Pause, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task HearOnceAsync(Action<string> hear, CancellationToken cancellationToken)
    {
        try
        {
            if (await _link.FindAsync(cancellationToken).ConfigureAwait(false) is not { } connection) return;
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            await using var ends = new Ending(channel);
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            channel.ChannelShutdownAsync += (_, _) =>
            {
                gone.TrySetResult();
                return Task.CompletedTask;
            };
            await AmqpQueues.DeclareSignalsAsync(channel, _prefix, cancellationToken).ConfigureAwait(false);
            // Of this process alone, and gone with it.
            var mine = await channel.QueueDeclareAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await channel.QueueBindAsync(
                mine.QueueName, AmqpQueues.Signals(_prefix), "", cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            var signals = new AsyncEventingBasicConsumer(channel);
            signals.ReceivedAsync += (_, signal) =>
            {
                hear(Encoding.UTF8.GetString(signal.Body.Span));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(mine.QueueName, autoAck: true, signals, cancellationToken)
                .ConfigureAwait(false);
            await gone.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (AmqpLink.Passes(error))
        {
            // Signals are a courtesy: whoever waits for one looks by itself, too.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class Ending(IChannel channel) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await AmqpLink.EndAsync(channel).ConfigureAwait(false);
    }
}
