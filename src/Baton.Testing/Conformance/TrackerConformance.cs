using Baton.Channels;
using Baton.Channels.Recording;
using Baton.Testing.Vendors;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What Baton expects of a channel that keeps copies of tickets elsewhere, besides <see cref="ChannelConformance"/>.
/// </summary>
public abstract class TrackerConformance : ChannelConformance, IAsyncLifetime
{
    private StandInTracker? _there;

    /// <summary>The vendor, not started yet.</summary>
    protected abstract StandInTracker NewStandIn();

    /// <summary>The channel, set up for the stand-in, for route l3.</summary>
    protected abstract IChannel SetUp(StandInTracker there);

    /// <summary>The vendor's answer when too much is asked.</summary>
    protected virtual VendorResponse TooMany() =>
        new(429, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } };

    /// <summary>
    /// Whether customers' data may go there: a CRM has it anyway, an engineers' tracker must not get it.
    /// </summary>
    protected virtual bool MayHavePersonalData => false;

    protected StandInTracker There => _there ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _there = NewStandIn();
        await _there.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_there is not null) await _there.DisposeAsync();
    }

    protected override IChannel Channel() => SetUp(There);

    [Fact]
    public void Wants_escalations_of_its_routes_and_the_ends_of_what_it_keeps()
    {
        var channel = Channel();

        Assert.True(channel.Records(new RecordSubject("email", "l3", "escalated", false)));
        Assert.False(channel.Records(new RecordSubject("email", "auto", "replied", false)));
        Assert.True(channel.Records(new RecordSubject("email", "l3", "closed", true)));
        Assert.False(channel.Records(new RecordSubject("email", "l3", "closed", false)));
    }

    [Fact]
    public async Task Creates_one_however_often_it_is_told_to()
    {
        string?[] ids = [await IdAsync(), await IdAsync(), await IdAsync()];

        Assert.Single(There.Created);
        Assert.NotNull(ids[0]);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Creates_one_when_any_answer_is_lost()
    {
        for (var lost = 0; lost < 8; lost++)
        {
            var left = lost;
            There.Fail(new VendorFault { When = _ => left-- == 0, Cuts = true });
            await SetUp(There).DeliverAsync(Record(), Cancel);
            There.Mend();
        }
        Assert.NotNull(await IdAsync());

        Assert.Single(There.Created);
        Assert.True(There.Written.Count <= 1, $"{There.Written.Count} comments");
    }

    [Fact]
    public async Task Writes_a_further_handoff_once_to_the_one_there_is()
    {
        var id = await IdAsync();
        var before = There.Written.Count;
        var second = Record() with { ExternalId = id, IdempotencyKey = "T-1/record/2", Turn = 2, Note = "again",
            PublicNote = "again" };

        for (var i = 0; i < 3; i++)
            Assert.IsType<DeliveryOutcome.Delivered>(await SetUp(There).DeliverAsync(second, Cancel));

        Assert.Single(There.Created);
        Assert.Equal(before + 1, There.Written.Count);
    }

    [Fact]
    public async Task Takes_the_end_of_what_it_keeps()
    {
        var id = await IdAsync();

        Assert.IsType<DeliveryOutcome.Delivered>(await SetUp(There).DeliverAsync(Record() with
        {
            ExternalId = id, IdempotencyKey = "T-1/closed", Outcome = OutgoingRecord.Closed, Note = null,
                PublicNote = null,
        }, Cancel));
        Assert.Single(There.Created);
    }

    [Fact]
    public async Task Gets_no_personal_data_that_it_must_not_have()
    {
        if (MayHavePersonalData) Assert.Skip("it has the customers' data anyway");
        await IdAsync();

        Assert.DoesNotContain(There.Requests, r => r.Body.Contains("ada@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comes_again_when_too_much_was_asked()
    {
        There.Fail(new VendorFault { Answer = TooMany() });

        Assert.IsType<DeliveryOutcome.Retry>(await SetUp(There).DeliverAsync(Record(), Cancel));
        Assert.NotNull(await IdAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Comes_again_after_a_failure_that_may_pass(int status)
    {
        There.Fail(new VendorFault { Answer = new VendorResponse(status, "<html>oops</html>") });

        Assert.IsType<DeliveryOutcome.Retry>(await SetUp(There).DeliverAsync(Record(), Cancel));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task Gives_up_when_the_vendor_will_never_take_it(int status)
    {
        There.Fail(new VendorFault { Answer = new VendorResponse(status, "{}"), Times = 50 });

        Assert.Contains($"{status}", Assert.IsType<DeliveryOutcome.Rejected>(
            await SetUp(There).DeliverAsync(Record(), Cancel)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_a_round_trip()
    {
        var steps = await SetUp(There).TestAsync(Cancel).ToListAsync(Cancel);

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Null(step.Problem));
    }

    private async Task<string?> IdAsync() =>
        Assert.IsType<DeliveryOutcome.Delivered>(await SetUp(There).DeliverAsync(Record(), Cancel)).Id;

    private static OutgoingRecord Record() => new()
    {
        IdempotencyKey = "T-1/record/1", TicketId = "T-1", Channel = "email", Turn = 1, Outcome = "escalated",
        Route = "l3", Priority = "high", Queue = "billing", Intent = "login_problem", Confidence = 0.4,
        At = TimeProvider.System.GetUtcNow(), CustomerEmail = "ada@example.com",
        Note = "Baton handed ticket T-1 over.\nCustomer: ada@example.com\n" + new string('é', 3_000),
        PublicNote = "Baton handed ticket T-1 over.\nCustomer: [EMAIL_1]", Why = "no rule matched",
    };
}
