using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging;

namespace Baton.Channels;

/// <summary>Works on the outbox of one database until cancelled.</summary>
internal sealed class DeliveryWorker(Database database, Outbox outbox, ILogger<DeliveryWorker> logger)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        new JobWorker(database, outbox.Queue, outbox.Handlers(database, Delivery.SendAsync), logger).RunAsync(cancellationToken);
}
