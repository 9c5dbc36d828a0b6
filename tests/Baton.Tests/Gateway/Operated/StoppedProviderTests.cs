using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Telemetry;
using Baton.Storage.Measured;

namespace Baton.Tests.Gateway.Operated;

/// <summary>A provider that somebody has stopped, and what the installation says of every call.</summary>
public sealed class StoppedProviderTests : IAsyncLifetime
{
    private GatewayFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await GatewayFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Is_not_asked_while_others_are()
    {
        var stopped = _fixture.Policy.Models[0].Provider;
        _fixture.GatewayParts.Breakers.IsStopped = name => name == stopped;

        var receipt = Assert.Single((await _fixture.Ask("x")).Receipts());

        Assert.Equal("two", receipt.Provider);
        _fixture.GatewayParts.Breakers.IsStopped = _ => true;
        await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask("x"));
    }

    [Fact]
    public async Task Every_receipt_has_the_tags_of_the_installation()
    {
        _fixture.Options = new GatewayOptions
        {
            RetryDelay = TimeSpan.FromMilliseconds(1), Tags = "environment=production, cost-center = 4711",
        };

        var receipt = Assert.Single((await _fixture.Ask("x")).Receipts());

        Assert.Equal(("production", "4711"), (receipt.Tags["environment"], receipt.Tags["cost-center"]));
        Assert.NotEmpty(new GatewayOptions { Tags = "nonsense" }.Validate(new(new object())));
        Assert.Empty(_fixture.Options.Validate(new(new object())));
    }

    [Fact]
    public async Task Breakers_and_budgets_are_series()
    {
        await _fixture.Ask("x");
        var series = new GatewaySeries(_fixture.GatewayParts);

        var points = _fixture.Database.Read(c => series.Read(c, _fixture.Clock.GetUtcNow()).ToList());

        Assert.Equal([new SeriesPoint(SeriesNames.BreakerOpen, 0)], points);
    }
}
