using System.Globalization;
using Baton.Channels;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Testing.Conformance;

/// <summary>Texts of one conversation on their way through the outbox to one channel.</summary>
/// <param name="make">Makes the text of a position.</param>
internal sealed class DeliveryLine(IChannel channel, Func<int, OutgoingText> make) : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();
    private Outbox? _outbox;

    private Outbox Outbox => _outbox ??= new Outbox(Outbox.DefaultOptions, _temporary.Clock, new Random(1));

    public async Task AddAsync(params int[] positions)
    {
        foreach (var position in positions)
        {
            var text = new OutboxMessage
            {
                IdempotencyKey = $"{position}", Key = "T-1", Kind = channel.Name, Payload = "{}",
            };
            await _temporary.Database.WriteAsync(t => Outbox.Add(t, text));
        }
    }

    /// <summary>Sends what is due, until nothing is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var handlers = Outbox.Handlers(_temporary.Database, async (message, stop) => Dispatch.Outcome(
            await channel.DeliverAsync(
                make(int.Parse(message.IdempotencyKey, CultureInfo.InvariantCulture)), stop)));
        var worker = new JobWorker(_temporary.Database, Outbox.Queue, handlers, NullLogger.Instance);
        while (await worker.StepAsync(cancellationToken)) { }
    }

    public void Wait(TimeSpan time) => _temporary.Clock.Advance(time);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();
}
