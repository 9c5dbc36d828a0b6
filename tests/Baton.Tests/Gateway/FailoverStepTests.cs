using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Routing;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

/// <summary>What the failover does next, and what it tells the caller when there is nothing left to do.</summary>
public sealed class FailoverStepTests : IAsyncLifetime
{
    private GatewayFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await GatewayFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory, InlineData("commodity"), InlineData("reasoning")]
    public async Task A_budget_without_room_for_a_weaker_model_is_called_a_budget(string tier)
    {
        _fixture.Change(stage => stage with { Tier = tier });
        _fixture.Policy = _fixture.Policy with
        {
            Budgets = new BudgetPolicy { Limits =
                [new(BudgetScope.All, BudgetPeriod.Day, Usd.Zero, OnExceed.Downgrade)] },
        };

        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask("x"));

        Assert.Equal(GatewayFailure.BudgetExceeded, error.Failure);
    }

    [Fact]
    public async Task The_time_of_a_stage_covers_the_wait_for_a_place_at_the_provider()
    {
        Only("small");
        _fixture.Change(stage => stage with { Timeout = TimeSpan.FromMilliseconds(200) });
        var provider = _fixture.Policy.Providers[0] with { MaxConcurrent = 1 };
        _fixture.Policy = _fixture.Policy with { Providers = [provider, _fixture.Policy.Providers[1]] };
        using var taken = await _fixture.GatewayParts.Places.EnterAsync(
            provider, new TimeLimit(TimeProvider.System, TimeSpan.FromSeconds(20)),
            TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask("x"));

        Assert.Equal(GatewayFailure.TimedOut, error.Failure);
        Assert.Contains("no place at 'one'", error.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.One.Requests);
        Assert.DoesNotContain(_fixture.GatewayParts.Breakers.States, b => b.Value != BreakerState.Closed);
    }

    [Theory, InlineData(StandInFault.ServerError), InlineData(StandInFault.MalformedJson),
        InlineData(StandInFault.CutStream)]
    public async Task One_prompt_that_always_fails_does_not_open_the_breaker_for_others(StandInFault fault)
    {
        _fixture.One.Script = new StandInScript { Rules = [new StandInRule { Contains = "poison", Fault = fault }] };
        for (var i = 0; i < 8; i++) Assert.Equal("large", (await _fixture.Ask("poison")).Receipts()[^1].Model);

        Assert.Equal(BreakerState.Closed, _fixture.GatewayParts.Breakers.States["one/small"]);
        Assert.Equal("small", (await _fixture.Ask("fine")).Receipts().Single().Model);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Behind_an_open_breaker_a_call_is_told_when_to_come_back(bool named)
    {
        var clock = new ManualClock();
        _fixture.Clock = clock;
        Only("small");
        _fixture.One.Script = new StandInScript { Rules = [new StandInRule { Fault = StandInFault.ServerError }] };
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask($"question {i}"));
        clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<GatewayException>(
            () => _fixture.Ask("x", options: new ChatOptions { ModelId = named ? "small" : null }));

        Assert.Equal(GatewayFailure.Unavailable, error.Failure);
        Assert.Equal(TimeSpan.FromSeconds(10), error.RetryAfter);
        Assert.Equal(3, _fixture.One.Requests.Count);
    }

    private void Only(string model) =>
        _fixture.Policy = _fixture.Policy with { Tiers = [new TierPolicy("commodity", [model])] };
}
