using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging;

namespace Baton.Channels.Reading;

/// <summary>
/// Tickets that are to be read where they are kept, because something changed on them: a queue of their own, so that a
/// vendor who is slow or down holds up no turn. What was accepted is read, also after a crash.
/// </summary>
internal sealed class ChannelReads
{
    /// <summary>Name of the queue, and of its jobs.</summary>
    public const string QueueName = "reads";

    private readonly Database _database;
    private readonly Func<ChannelList> _channels;
    private readonly RemoteIntake _intake;
    private readonly Notices _notices;
    private readonly JobQueue _queue;
    private readonly ILogger<ChannelReads> _logger;

    /// <param name="channels">Asked when the first ticket is read: channels may need what reads.</param>
    public ChannelReads(
        Database database, Func<ChannelList> channels, RemoteIntake intake, Notices notices, ClearText clear,
        IDispatch dispatch, TimeProvider clock, Random random, ILogger<ChannelReads> logger)
    {
        (_database, _channels, _intake, _notices, _logger) = (database, channels, intake, notices, logger);
        // As patient as the outbox: a vendor that is down for an hour loses nothing.
        _queue = new JobQueue(QueueName, Outbox.DefaultOptions with { QueueLimit = 100_000 }, clock, random)
        {
            Clear = clear, Dispatch = dispatch,
        };
        _queue.WhenDead(QueueName, GiveUp);
    }

    /// <summary>Group of the notices of a channel that cannot be read.</summary>
    public static string Group(string channel) => "reading/" + channel;

    /// <summary>Remembers that a ticket is to be read; it is on the disk when this returns.</summary>
    public async Task<IntakeOutcome> AddAsync(
        IChannel channel, string externalId, CancellationToken cancellationToken)
    {
        var job = new NewJob
        {
            Kind = QueueName, Key = $"{channel.Name}/{externalId}",
            Payload = new JsonObject { ["channel"] = channel.Name, ["id"] = externalId }.ToJsonString(),
        };
        return await _database.WriteAsync(t => _queue.EnqueueOnce(t, job), cancellationToken) switch
        {
            EnqueueOutcome.QueueFull full => new IntakeOutcome.Busy(full.RetryAfter),
            _ => new IntakeOutcome.Accepted(externalId, 0),
        };
    }

    /// <summary>A worker whose steps somebody else may take.</summary>
    public JobWorker Worker() => new(
        _database, _queue, new Dictionary<string, JobHandler> { [QueueName] = HandleAsync }, _logger);

    private async Task HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(job.Payload);
        var (name, id) = (payload.GetProperty("channel").GetString()!, payload.GetProperty("id").GetString()!);
        if (_channels().Find(name) is not { } channel)
        {
            await FailAsync(job, $"there is no channel '{name}' here", retry: false);
            return;
        }
        switch (await channel.ReadAsync(id, cancellationToken))
        {
            case ReadOutcome.Found found:
                await TakenAsync(job, channel, await _intake.ApplyAsync(channel, found.Ticket, cancellationToken));
                break;
            case ReadOutcome.Retry retry: await FailAsync(job, retry.Why, retry: true, retry.After); break;
            case ReadOutcome.Refused refused: await FailAsync(job, refused.Why, retry: false); break;
        }
    }

    private Task TakenAsync(LeasedJob job, IChannel channel, IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Accepted or IntakeOutcome.Duplicate => _database.WriteAsync(transaction =>
        {
            _queue.Complete(transaction, job);
            _notices.Close(transaction, Group(channel.Name));
        }, CancellationToken.None),
        IntakeOutcome.Busy busy => FailAsync(job, "too many turns are waiting", retry: true, busy.RetryAfter),
        IntakeOutcome.Rejected rejected => FailAsync(job, $"{rejected.Field} {rejected.Problem}", retry: false),
        IntakeOutcome.Conflict conflict => FailAsync(job, conflict.Problem, retry: false),
        IntakeOutcome.OtherContent other => FailAsync(job, other.Problem, retry: false),
        _ => FailAsync(job, "the ticket is not here any more", retry: false),
    };

    private Task FailAsync(LeasedJob job, string why, bool retry, TimeSpan? after = null) =>
        _database.WriteAsync(t => _queue.Fail(t, job, why, retry, after), CancellationToken.None);

    private void GiveUp(WriteTransaction transaction, JobView job)
    {
        var channel = job.Key!.Split('/')[0];
        _notices.Raise(transaction, new Notice
        {
            To = DeliveryFailures.Operators, Urgency = NoticeUrgency.High, Group = Group(channel),
            Title = $"Channel {channel} cannot be read",
            Text = $"Ticket {job.Key} was not read, after {job.Attempts} attempts: {job.Error}. "
                + "`baton jobs list` shows what is missing, `baton jobs redrive` reads it again.",
        });
    }
}
