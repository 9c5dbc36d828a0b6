using Baton.Conversations;
using Baton.Decisions.Working;
using Baton.Storage.Jobs;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Which tickets wait for the next tick, and that none of them is lost.</summary>
public sealed class LowPriorityLaneTests : IAsyncLifetime
{
    private StandInServer _server = null!;
    private Desk _desk = null!;

    public async ValueTask InitializeAsync() => _server = await StandInServer.StartAsync(new StandInScript
    {
        Rules = [ModelPlaybook.Says(
            Prompt.Tone, """{"sentiment":"neutral","urgency":"low","tone":"polite","confidence":"high"}""")],
    });

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Keeps_a_calm_ticket_of_the_lowest_tier_until_the_tick_and_asks_at_batch_prices()
    {
        await SubmitAsync(DeskPlaybook.AsksForReturns);
        Assert.Equal(0, _desk.State().DecidedTurn);

        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await _desk.WorkAsync();

        Assert.Equal(1, _desk.State().DecidedTurn);
        Assert.All(await ModelDesk.ReceiptsAsync(_desk), r => Assert.True(r.Batch));
        Assert.Contains("low-priority lane", _desk.Latest("T-1").Stages[0].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is an emergency, our whole shop is down, answer right now", "free")]
    [InlineData("I was injured by the stove and went to hospital", "free")]
    [InlineData("let me talk to a human please", "free")]
    [InlineData("thanks", "free")]
    [InlineData(DeskPlaybook.AsksForReturns, "enterprise")]
    [InlineData(DeskPlaybook.AsksForReturns, null)]
    public async Task Works_at_once_on_what_is_urgent_grave_settled_or_from_others(string body, string? tier)
    {
        await SubmitAsync(body, tier);

        Assert.Equal(1, _desk.State().DecidedTurn);
    }

    [Fact]
    public async Task Works_at_once_when_the_customer_writes_again_and_it_is_urgent()
    {
        await SubmitAsync(DeskPlaybook.AsksForReturns);

        var decision = await _desk.WriteAsync("this is an emergency, our whole shop is down, answer right now");
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await _desk.WorkAsync();

        Assert.Equal(2, _desk.State().DecidedTurn);
        Assert.Single(_desk.Said());
        Assert.True(decision.Tone!.Urgency >= 6);
    }

    [Fact]
    public async Task Does_not_wait_longer_for_a_further_calm_message()
    {
        await SubmitAsync(DeskPlaybook.AsksForReturns);
        _desk.Clock.Advance(TimeSpan.FromMinutes(4));
        await _desk.AddAsync(DeskPlaybook.AsksForReturns);
        await _desk.WorkAsync();
        Assert.Equal(0, _desk.State().DecidedTurn);

        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.WorkAsync();

        Assert.Equal(2, _desk.State().DecidedTurn);
    }

    [Fact]
    public async Task Works_at_once_where_somebody_waits_in_a_chat()
    {
        await SubmitAsync(DeskPlaybook.AsksForReturns, channel: "chat");

        Assert.Equal(1, _desk.State().DecidedTurn);
    }

    [Fact]
    public async Task Works_at_once_without_models()
    {
        _desk = new Desk();
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        Assert.Equal(1, _desk.State().DecidedTurn);
    }

    [Fact]
    public async Task Hands_over_when_the_process_dies_under_it_every_time()
    {
        await SubmitAsync(DeskPlaybook.AsksForReturns);
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await _desk.Database.WriteAsync(_desk.Get<Timers>().FireDue);

        for (var i = 0; i < 10 && await _desk.LeaseAsync() is { } job; i++)
        {
            Assert.Equal(LowPriorityLane.TurnJob, job.Kind);
            _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(OutcomeKind.Escalated, _desk.Latest("T-1").Outcome);
    }

    [Fact]
    public void Has_the_same_ticks_for_everybody()
    {
        var now = new DateTimeOffset(2026, 11, 21, 10, 2, 30, TimeSpan.FromHours(2));

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 5, 0, TimeSpan.Zero),
            LowPriorityLane.NextTick(now, TimeSpan.FromMinutes(5)));
        _desk = new Desk();
    }

    private async Task SubmitAsync(string body, string? tier = "free", string channel = "email")
    {
        var files = ModelPlaybook.Files(_server, "tone");
        files.Replace("playbook.yaml", "low_priority_every: 0s", "low_priority_every: 5m")
            .Replace("models.yaml", "max_attempts: 1", "max_attempts: 1, batch_service_tier: flex")
            .Replace("models.yaml", "max_tokens: 500", "max_tokens: 500, batch: true");
        _desk = new Desk(files);
        await _desk.SubmitAsync(Desk.Ticket(body) with { CustomerTier = tier, Channel = channel });
        await _desk.WorkAsync();
    }
}
