using System.Globalization;
using Baton.Channels;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>What Baton expects of a channel that sends over HTTP, besides <see cref="ChannelConformance"/>.</summary>
public abstract class SendingChannelConformance : ChannelConformance
{
    private static readonly Uri Nobody = new("http://127.0.0.1:9");

    /// <summary>The channel, sending to this address and waiting a second at most.</summary>
    protected abstract IChannel SendingTo(Uri address);

    /// <summary>The name by which the other side knows a repetition.</summary>
    protected abstract string? IdempotencyKey(ReceivedRequest request);

    protected override IChannel Channel() => SendingTo(Nobody);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_done_when_the_other_side_takes_it()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);

        Assert.IsType<DeliveryOutcome.Delivered>(
            await SendingTo(receiver.Address).DeliverAsync(SampleOutgoing.Text(), Cancel));

        // A form has its blanks as plus signs.
        Assert.Contains("has shipped", Assert.Single(receiver.Received).Body.Replace('+', ' '),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carries_notices_when_it_says_so()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        var channel = SendingTo(receiver.Address);
        if (!channel.Ways.HasFlag(ChannelWays.Notices)) Assert.Skip("this channel carries no notices");

        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(SampleOutgoing.Notice(), Cancel));

        Assert.Contains("Disk fills up", Assert.Single(receiver.Received).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Waits_as_long_as_the_other_side_says(int status)
    {
        var outcome = await AnswerAsync(
            new ReceiverAnswer(status) { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } });

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<DeliveryOutcome.Retry>(outcome).After);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Comes_again_after_a_failure_that_may_pass(int status) => Assert.Contains(
        status.ToString(CultureInfo.InvariantCulture),
        Assert.IsType<DeliveryOutcome.Retry>(await AnswerAsync(new ReceiverAnswer(status))).Why,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT")]
    public async Task Leaves_a_time_that_is_none_to_the_back_off(string after)
    {
        var outcome = await AnswerAsync(
            new ReceiverAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = after } });

        Assert.Null(Assert.IsType<DeliveryOutcome.Retry>(outcome).After);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task Gives_up_when_the_other_side_will_never_take_it(int status) => Assert.Contains(
        status.ToString(CultureInfo.InvariantCulture),
        Assert.IsType<DeliveryOutcome.Rejected>(await AnswerAsync(new ReceiverAnswer(status)
        {
            Headers = new Dictionary<string, string> { ["Location"] = "/elsewhere" },
        })).Why, StringComparison.Ordinal);

    [Fact]
    public async Task Comes_again_when_nobody_answers() =>
        Assert.IsType<DeliveryOutcome.Retry>(await AnswerAsync(null));

    [Fact]
    public async Task Comes_again_when_nobody_listens() =>
        Assert.IsType<DeliveryOutcome.Retry>(await SendingTo(Nobody).DeliverAsync(SampleOutgoing.Text(), Cancel));

    [Fact]
    public async Task Says_which_step_of_its_test_failed_when_nobody_listens()
    {
        var steps = await SendingTo(Nobody).TestAsync(Cancel).ToListAsync(Cancel);

        Assert.All(steps, step => Assert.NotEmpty(step.What));
        Assert.False(string.IsNullOrEmpty(steps.LastOrDefault()?.Problem), "the last step says what went wrong");
    }

    [Fact]
    public async Task Stops_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            SendingTo(Nobody).DeliverAsync(SampleOutgoing.Text(), stopped.Token));
    }

    [Fact]
    public async Task Names_every_attempt_of_a_message_alike_and_no_two_messages()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        var channel = SendingTo(receiver.Address);
        foreach (var position in (int[])[2, 2, 3]) await channel.DeliverAsync(SampleOutgoing.Text(position), Cancel);

        var keys = receiver.Received.Select(IdempotencyKey).ToList();

        Assert.All(keys, key => Assert.False(string.IsNullOrEmpty(key)));
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
    }

    [Fact]
    public async Task Keeps_the_order_of_a_conversation_over_a_failure()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(receiver.Received.Count == 1 ? 500 : 200);
        await using var line = new DeliveryLine(SendingTo(receiver.Address), SampleOutgoing.Text);
        await line.AddAsync(2, 3, 4);

        await line.RunAsync(Cancel);
        Assert.Single(receiver.Received);
        line.Wait(TimeSpan.FromMinutes(1));
        await line.RunAsync(Cancel);

        var keys = receiver.Received.Select(IdempotencyKey).ToList();
        Assert.Equal(4, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(4 - 1, keys.Distinct().Count());
    }

    private async Task<DeliveryOutcome> AnswerAsync(ReceiverAnswer? answer)
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => answer;
        return await SendingTo(receiver.Address).DeliverAsync(SampleOutgoing.Text(), Cancel);
    }
}
