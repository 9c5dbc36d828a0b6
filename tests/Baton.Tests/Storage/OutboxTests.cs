using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Testing;

namespace Baton.Tests.Storage;

public sealed class OutboxTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();
    private readonly List<OutboxMessage> _sent = [];
    private readonly List<OutboxView> _gaveUp = [];
    private readonly Outbox _outbox;

    public OutboxTests()
    {
        _outbox = new Outbox(Outbox.DefaultOptions with { AttemptLimit = 2 }, _temporary.Clock, new Random(1));
        _outbox.WhenGivenUp((_, view) => _gaveUp.Add(view));
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Sends_a_message_and_keeps_its_receipt()
    {
        await Add("reply-1");

        await Deliver((_, _) => Task.FromResult<SendOutcome>(new SendOutcome.Delivered("msg-9")));

        var view = Find("reply-1");
        Assert.Equal(("msg-9", 1), (view.Receipt, view.Attempts));
        Assert.Equal(_temporary.Clock.GetUtcNow(), view.DeliveredAt);
        Assert.Equal(0, Db.Read(_outbox.Queue.Depth));
    }

    [Fact]
    public async Task Is_asked_for_the_same_effect_twice_and_sends_it_once()
    {
        Assert.True(await Add("reply-1"));
        Assert.False(await Add("reply-1"));
        await Deliver(Accept);

        Assert.False(await Add("reply-1"));
        await Deliver(Accept);

        Assert.Single(_sent);
    }

    [Fact]
    public async Task Sends_messages_of_one_conversation_in_order()
    {
        await Add("first");
        await Add("second");
        await Deliver((_, _) => throw new HttpRequestException("502"));
        await Deliver(Accept);
        Assert.Empty(_sent);

        _temporary.Clock.Advance(TimeSpan.FromMinutes(1));
        await Deliver(Accept);
        await Deliver(Accept);

        Assert.Equal(["first", "second"], _sent.Select(m => m.IdempotencyKey));
    }

    [Fact]
    public async Task Tells_when_the_next_attempt_is()
    {
        await Add("reply-1");
        await Deliver((_, _) => throw new HttpRequestException("502"));

        var view = Find("reply-1");

        Assert.Equal(1, view.Attempts);
        Assert.InRange((view.NextAt!.Value - _temporary.Clock.GetUtcNow()).TotalMilliseconds, 1_000, 2_000);
        Assert.Contains("502", view.Error);
    }

    [Fact]
    public async Task Gives_up_loudly_after_the_last_attempt()
    {
        await Add("reply-1");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await Deliver((_, _) => throw new HttpRequestException("502"));
            _temporary.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal("reply-1", Assert.Single(_gaveUp).Message.IdempotencyKey);
        Assert.NotNull(Find("reply-1").GaveUpAt);
        Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));
    }

    [Fact]
    public async Task Gives_up_at_once_when_the_other_side_refuses_for_good()
    {
        await Add("reply-1");

        await Deliver((_, _) => Task.FromResult<SendOutcome>(new SendOutcome.Refused("no such conversation")));

        Assert.Equal("no such conversation", Assert.Single(_gaveUp).Error);
    }

    [Fact]
    public async Task Delivers_a_message_that_was_given_up_when_it_is_run_again()
    {
        await Add("reply-1");
        await Deliver((_, _) => Task.FromResult<SendOutcome>(new SendOutcome.Refused("outage")));
        var dead = Assert.Single(Db.Read(c => JobInspection.List(c, JobState.Dead, 10)));

        await Db.WriteAsync(t => JobInspection.Redrive(t, dead.Id, _temporary.Clock));
        await Deliver(Accept);

        var view = Find("reply-1");
        Assert.NotNull(view.DeliveredAt);
        Assert.Null(view.GaveUpAt);
    }

    [Fact]
    public async Task Does_not_send_again_what_was_delivered_while_another_worker_was_slow()
    {
        await Add("reply-1");
        var slow = Assert.Single(await Db.WriteAsync(t => _outbox.Queue.Lease(t, "slow", 1)));
        _temporary.Clock.Advance(TimeSpan.FromMinutes(1));
        await Deliver(Accept);

        await Handler(Accept)(slow, CancellationToken.None);

        Assert.Single(_sent);
    }

    private Database Db => _temporary.Database;

    private Task<bool> Add(string key) => Db.WriteAsync(t => _outbox.Add(
        t, new OutboxMessage { IdempotencyKey = key, Key = "c1", Kind = "web", Payload = "{}" }));

    private OutboxView Find(string key) => Db.Read(c => _outbox.Find(c, key))!;

    private Task<SendOutcome> Accept(OutboxMessage message, CancellationToken cancellationToken)
    {
        _sent.Add(message);
        return Task.FromResult<SendOutcome>(new SendOutcome.Delivered());
    }

    private JobHandler Handler(Sender send) => _outbox.Handlers(Db, send)[Outbox.QueueName];

    /// <summary>What the worker does with the jobs that are due, one after the other.</summary>
    private async Task Deliver(Sender send)
    {
        foreach (var job in await Db.WriteAsync(t => _outbox.Queue.Lease(t, "worker", 10)))
        {
            try
            {
                await Handler(send)(job, CancellationToken.None);
            }
            catch (HttpRequestException error)
            {
                await Db.WriteAsync(t => _outbox.Queue.Fail(t, job, error.Message));
            }
        }
    }
}
