using Baton.Operations.Vendors;
using Baton.Testing;

namespace Baton.Tests.Operations.Vendors;

/// <summary>Every way a call can end is a value.</summary>
public sealed class VendorCallsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waits_no_longer_than_it_was_told()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => null;
        using var calls = Calls(receiver.Address, timeout: TimeSpan.FromMilliseconds(200));

        var failed = Failed(await calls.GetAsync("/", Cancel));
        Assert.True(failed.MayPass);
        Assert.Equal("no answer within 0.2 s", failed.Why);
    }

    [Theory]
    [InlineData(200, null, null)]
    [InlineData(204, null, null)]
    [InlineData(301, false, "no redirect is followed")]
    [InlineData(400, false, "400")]
    [InlineData(404, false, "404")]
    [InlineData(408, true, "408")]
    [InlineData(425, true, "425")]
    [InlineData(429, true, "429")]
    [InlineData(500, true, "500")]
    [InlineData(503, true, "503")]
    public async Task Reads_a_status(int status, bool? mayPass, string? why)
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(status);
        using var calls = Calls(receiver.Address);

        var answer = await calls.GetAsync("/", Cancel);

        if (mayPass is null) Assert.IsType<VendorAnswer.Done>(answer);
        else Assert.Equal(mayPass, Failed(answer).MayPass);
        if (why is not null) Assert.Contains(why, Failed(answer).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_nobody_before_the_vendor_said_so()
    {
        var clock = new ManualClock();
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ =>
            new ReceiverAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "60" } };
        using var calls = Calls(receiver.Address, clock: clock);
        await calls.GetAsync("/", Cancel);

        Assert.Equal(TimeSpan.FromSeconds(60), Failed(await calls.GetAsync("/", Cancel)).After);
        Assert.Single(receiver.Received);
        clock.Advance(TimeSpan.FromSeconds(61));
        await calls.GetAsync("/", Cancel);
        Assert.Equal(2, receiver.Received.Count);
    }

    /// <summary>An answer that names the next page must not get the key for another host.</summary>
    [Theory]
    [InlineData("http://evil.example.com/api")]
    [InlineData("https://127.0.0.1/api")]
    public async Task Gives_its_credentials_to_no_other_host(string next)
    {
        using var calls = Calls(new Uri("http://127.0.0.1:9"));

        Assert.Contains("another host", Failed(await calls.GetAsync(next, Cancel)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reaches_no_private_address_unless_that_is_meant()
    {
        using var calls = Calls(new Uri("https://127.0.0.1:9"), allowPrivate: false);

        var failed = Failed(await calls.GetAsync("/", Cancel));
        Assert.False(failed.MayPass);
        Assert.Contains("AllowPrivate", failed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        using var calls = Calls(new Uri("http://127.0.0.1:9"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls.GetAsync("/", stopped.Token));
    }

    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "x")]
    [InlineData("""{"a":{"b":7}}""", "7")]
    [InlineData("""{"a":{"b":7.5}}""", null)]
    [InlineData("""{"a":[]}""", null)]
    [InlineData("""{"a":{"b":""}}""", null)]
    [InlineData("""{"a":{"b":"\ud800"}}""", null)]
    [InlineData("""{"\ud800":1,"a":{"b":"x"}}""", null)]
    [InlineData("""{"a":{"b":"x"}} trailing""", null)]
    [InlineData("", null)]
    [InlineData("nul", null)]
    public void Reads_an_id_out_of_anything(string json, string? id)
    {
        var read = VendorJson.Parse(System.Text.Encoding.UTF8.GetBytes(json)).Id("a", "b");

        // Half of a surrogate pair may stand before or behind what is asked for.
        if (json.StartsWith("""{"\ud800""", StringComparison.Ordinal)) Assert.True(read is null or "x");
        else Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("billing=1, shipping = 2", null)]
    [InlineData("", null)]
    [InlineData("billing", "has 'billing', use pairs")]
    [InlineData("billing=", "has 'billing=', use pairs")]
    [InlineData("billing=x", "has 'billing=x', use a number")]
    public void Says_what_is_wrong_with_names(string setting, string? problem)
    {
        var found = NameMap.Problem(setting, text => text.All(char.IsAsciiDigit), "a number");

        if (problem is null) Assert.Null(found);
        else Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    private static VendorFailure Failed(VendorAnswer answer) => Assert.IsType<VendorAnswer.Failed>(answer).Failure;

    private static VendorCalls Calls(
        Uri address, TimeSpan? timeout = null, TimeProvider? clock = null, bool allowPrivate = true) => new(
            new VendorAccess
            {
                Setting = "BATON__Test__", Url = address, AllowPrivate = allowPrivate,
                Timeout = timeout ?? TimeSpan.FromSeconds(5), Sign = _ => { },
            }, clock ?? TimeProvider.System);
}
