using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Routing;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class FailoverTests : IAsyncLifetime
{
    private GatewayFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await GatewayFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_next_model_answers_when_a_provider_dies(bool streaming)
    {
        await _fixture.One.DisposeAsync();

        var receipts = streaming
            ? [.. (await _fixture.Stream("x")).SelectMany(u => u.Receipts())]
            : (await _fixture.Ask("x")).Receipts();

        Assert.Equal([ReceiptStatus.Failed, ReceiptStatus.Answered], receipts.Select(r => r.Status));
        Assert.Equal(Usd.Zero, receipts[0].Cost);
        await _fixture.Reconcile();
    }

    [Fact]
    public async Task With_every_provider_down_the_call_fails_and_names_its_receipts()
    {
        _fixture.One.Script = _fixture.Two.Script = Fails(StandInFault.ServerError);

        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Ask("x"));

        Assert.True(error.IsTransient);
        Assert.Equal(2, error.ReceiptIds.Count);
        Assert.Equal(Usd.Zero, await _fixture.Reconcile());
    }

    [Fact]
    public async Task The_same_model_is_asked_again_after_the_providers_hint()
    {
        Retries(3);
        _fixture.One.Script = new StandInScript
        {
            Rules = [new StandInRule { Times = 2, Fault = StandInFault.RateLimit, RetryAfterSeconds = 0.01 }],
        };

        var receipts = (await _fixture.Ask("x")).Receipts();

        Assert.Equal(
            [ReceiptStatus.RateLimited, ReceiptStatus.RateLimited, ReceiptStatus.Answered],
            receipts.Select(r => r.Status));
        Assert.Empty(_fixture.Two.Requests);
    }

    [Fact]
    public async Task A_hint_longer_than_the_limit_means_the_next_model()
    {
        Retries(3);
        _fixture.One.Script = new StandInScript
        {
            Rules = [new StandInRule { Fault = StandInFault.RateLimit, RetryAfterSeconds = 60 }],
        };

        var receipts = (await _fixture.Ask("x")).Receipts();

        Assert.Equal(["small", "large"], receipts.Select(r => r.Model));
    }

    [Fact]
    public async Task A_wrong_request_is_not_tried_elsewhere()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(() => _fixture.Gateway.GetResponseAsync(
            [], GatewayFixture.Triage.On(), TestContext.Current.CancellationToken));

        Assert.Equal(GatewayFailure.BadRequest, error.Failure);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_first_token_ends_with_an_error_and_is_paid_for()
    {
        _fixture.One.Script = new StandInScript
        {
            Rules = [new StandInRule
            {
                Fault = StandInFault.CutStream,
                Answer = new StandInAnswer { Text = new string('x', 400), ChunkChars = 4 },
            }],
        };
        var seen = "";

        var error = await Assert.ThrowsAsync<GatewayException>(async () =>
        {
            await foreach (var update in _fixture.Gateway.GetStreamingResponseAsync(
                "hello", GatewayFixture.Triage.On(), TestContext.Current.CancellationToken)) seen += update.Text;
        });

        Assert.Equal(GatewayFailure.StreamBroken, error.Failure);
        Assert.NotEmpty(seen);
        Assert.Empty(_fixture.Two.Requests);
        var receipt = (await _fixture.Receipts()).Single();
        Assert.Equal(ReceiptStatus.Cut, receipt.Status);
        Assert.True(receipt.Estimated && receipt.Tokens.Output > 0);
        await _fixture.Reconcile();
    }

    [Fact]
    public async Task A_caller_that_leaves_a_stream_gets_a_receipt_and_no_failure()
    {
        _fixture.One.Script =
            new StandInScript { Otherwise = new StandInAnswer { Text = "one two three", ChunkChars = 2 } };

        await foreach (var update in _fixture.Gateway.GetStreamingResponseAsync(
            "x", GatewayFixture.Triage.On(), TestContext.Current.CancellationToken))
        {
            if (update.Text.Length > 0) break;
        }

        Assert.Equal(ReceiptStatus.Cancelled, (await _fixture.Receipts()).Single().Status);
        Assert.DoesNotContain(_fixture.GatewayParts.Breakers.States, b => b.Value != BreakerState.Closed);
        await _fixture.Reconcile();
    }

    [Fact]
    public async Task A_model_that_hangs_leaves_time_for_the_next_one()
    {
        _fixture.Change(stage => stage with { Timeout = TimeSpan.FromSeconds(2) });
        _fixture.One.Script = Fails(StandInFault.Timeout);

        var receipts = (await _fixture.Ask("x")).Receipts();

        Assert.Equal([ReceiptStatus.TimedOut, ReceiptStatus.Answered], receipts.Select(r => r.Status));
        Assert.True(receipts[0].Estimated && receipts[0].Cost > Usd.Zero);
    }

    [Fact]
    public async Task The_breaker_of_a_quiet_model_opens_and_closes_again()
    {
        var clock = new ManualClock();
        _fixture.Clock = clock;
        _fixture.One.Script = Fails(StandInFault.ServerError);
        for (var i = 0; i < 3; i++) await _fixture.Ask($"question {i}");

        var asked = _fixture.One.Requests.Count;
        var open = (await _fixture.Ask("while open")).Receipts().Single();
        Assert.Equal(BreakerState.Open, _fixture.GatewayParts.Breakers.States["one/small"]);
        Assert.Equal(asked, _fixture.One.Requests.Count);
        Assert.Equal("breaker open", open.Candidates.Single(c => c.Model == "small").LeftOut);

        _fixture.One.Script = new StandInScript();
        clock.Advance(TimeSpan.FromSeconds(16));
        var again = (await _fixture.Ask("after the break")).Receipts().Single();
        Assert.Equal("small", again.Model);
        Assert.Equal(BreakerState.Closed, _fixture.GatewayParts.Breakers.States["one/small"]);
    }

    [Fact]
    public async Task A_hedged_call_takes_the_first_answer_and_pays_for_both()
    {
        _fixture.Change(stage => stage with { HedgeAfter = TimeSpan.FromMilliseconds(50) });
        _fixture.One.Script = Fails(StandInFault.Timeout);

        var answer = await _fixture.Ask("x");

        Assert.Equal([ReceiptStatus.Cancelled, ReceiptStatus.Answered],
            answer.Receipts().OrderBy(r => r.Model == "large").Select(r => r.Status));
        await _fixture.Reconcile();
    }

    private void Retries(int attempts) => _fixture.Policy = _fixture.Policy with
    {
        Providers = [.. _fixture.Policy.Providers.Select(p => p with { MaxAttempts = attempts })],
    };

    private static StandInScript Fails(StandInFault fault) => new() { Rules = [new StandInRule { Fault = fault }] };
}
