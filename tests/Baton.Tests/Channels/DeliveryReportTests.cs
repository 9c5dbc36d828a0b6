using Baton.Channels.Reports;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Baton.Testing;

namespace Baton.Tests.Channels;

/// <summary>What an operator is told of delivery, by channel.</summary>
public sealed class DeliveryReportTests
{
    [Fact]
    public async Task Tells_times_and_failures_of_each_channel()
    {
        await using var temporary = new TemporaryDatabase();
        var (database, clock) = (temporary.Database, temporary.Clock);
        var outbox = new Outbox(Outbox.DefaultOptions with { AttemptLimit = 1 }, clock, new Random(1));
        for (var i = 1; i <= 20; i++) await AddAsync(database, outbox, "sms", $"sms-{i}");
        await AddAsync(database, outbox, "fax", "fax-1");
        await AddAsync(database, outbox, "pigeon", "pigeon-1");
        var handle = outbox.Handlers(database, (message, _) =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult<SendOutcome>(message.Kind switch
            {
                "sms" => new SendOutcome.Delivered(),
                "fax" => new SendOutcome.Refused("no such number"),
                _ => new SendOutcome.Held("nobody flies"),
            });
        })[Outbox.QueueName];
        while (await database.WriteAsync(t => outbox.Queue.Lease(t, "test", 1)) is [var job])
            await handle(job, TestContext.Current.CancellationToken);

        var reports = database.Read(DeliveryReports.Read);

        Assert.Equal(20, reports["sms"].Delivered);
        Assert.Equal((1_000, 1_900), (reports["sms"].HalfWithin!.Value.TotalMilliseconds,
            reports["sms"].MostWithin!.Value.TotalMilliseconds));
        Assert.Empty(reports["sms"].Failures);
        Assert.Equal([new DeliveryFailure("refused", "no such number", 1)], reports["fax"].Failures);
        Assert.Null(reports["fax"].HalfWithin);
        Assert.Equal((1, 0), (reports["pigeon"].Held, reports["pigeon"].Waiting));
    }

    private static Task AddAsync(Database database, Outbox outbox, string kind, string key) =>
        database.WriteAsync(t => outbox.Add(
            t, new OutboxMessage { IdempotencyKey = key, Key = key, Kind = kind, Payload = "{}" }));
}
