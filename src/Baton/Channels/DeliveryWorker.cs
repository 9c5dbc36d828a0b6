using Baton.Channels.Chat;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging;

namespace Baton.Channels;

/// <summary>Works on the outbox of one database until cancelled.</summary>
internal sealed class DeliveryWorker
{
    private readonly Database _database;
    private readonly Outbox _outbox;
    private readonly Dispatch _dispatch;
    private readonly ILogger<DeliveryWorker> _logger;

    public DeliveryWorker(
        Database database, Outbox outbox, Dispatch dispatch, DeliveryFailures failures, ChatSignals chat,
        IDispatch nudges, ILogger<DeliveryWorker> logger)
    {
        (_database, _outbox, _dispatch, _logger) = (database, outbox, dispatch, logger);
        outbox.WhenGivenUp(failures.GiveUp);
        outbox.WhenRecovered(failures.Recover);
        outbox.WhenDelivered(message =>
        {
            chat.Wake(message.Key);
            // A window may hang on another process.
            nudges.Signal(ChatSignals.Word + message.Key);
        });
    }

    public Task RunAsync(CancellationToken cancellationToken) => Worker().RunAsync(cancellationToken);

    /// <summary>A worker whose steps somebody else takes.</summary>
    public JobWorker Worker() =>
        new(_database, _outbox.Queue, _outbox.Handlers(_database, _dispatch.SendAsync), _logger);
}
