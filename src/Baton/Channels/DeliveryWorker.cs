using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging;

namespace Baton.Channels;

/// <summary>Works on the outbox of one database until cancelled.</summary>
internal sealed class DeliveryWorker(
    Database database, Outbox outbox, Dispatch dispatch, ILogger<DeliveryWorker> logger)
{
    public Task RunAsync(CancellationToken cancellationToken) => Worker().RunAsync(cancellationToken);

    /// <summary>A worker whose steps somebody else takes.</summary>
    public JobWorker Worker() =>
        new(database, outbox.Queue, outbox.Handlers(database, dispatch.SendAsync), logger);
}
