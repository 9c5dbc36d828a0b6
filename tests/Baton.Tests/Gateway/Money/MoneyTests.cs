using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway.Money;

public sealed class MoneyTests
{
    private static readonly StandInFault[] Faults =
    [
        StandInFault.RateLimit, StandInFault.ServerError, StandInFault.Overloaded, StandInFault.CutStream,
        StandInFault.MalformedJson, StandInFault.Refusal, StandInFault.WrongUsage, StandInFault.DuplicatedChunks,
    ];

    /// <summary>Fixed, so that a run can be repeated; a failing test names its seed.</summary>
    public static IEnumerable<TheoryDataRow<int>> Seeds(int count) =>
        Enumerable.Range(1, count).Select(seed => new TheoryDataRow<int>(seed));

    [Fact]
    public void Cost_counts_cached_and_written_input_at_their_own_prices()
    {
        var prices = new ModelPrices(new DateOnly(2026, 11, 1), new Usd(2m), new Usd(8m))
        {
            CachedInput = new Usd(0.5m), CacheWrite = new Usd(2.5m),
        };

        var cost = Cost.Of(new Tokens(1000, 600, 100, 50), prices);

        Assert.Equal(new Usd((300 * 2m + 600 * 0.5m + 100 * 2.5m + 50 * 8m) / 1_000_000m), cost);
    }

    [Theory, MemberData(nameof(Seeds), 20)]
    public void Cost_is_never_negative_and_never_more_than_everything_at_the_dearest_price(int seed) => Prop.ForAll(
        ArbMap.Default.ArbFor<(
            NonNegativeInt Input, NonNegativeInt Cached, NonNegativeInt Write, NonNegativeInt Output)>(),
        counts =>
        {
            var prices = new ModelPrices(
                default, new Usd(1m), new Usd(4m)) { CachedInput = new Usd(0.1m), CacheWrite = new Usd(1.25m) };
            var tokens = new Tokens(counts.Input.Get, counts.Cached.Get, counts.Write.Get, counts.Output.Get);
            var cost = Cost.Of(tokens, prices);
            return cost >= Usd.Zero && cost <= Cost.AtMost(tokens.Input, tokens.Output, prices);
        }).Check(Fixed(seed));

    /// <summary>
    /// Each number begins a call that reserves so much, or ends the oldest open one at a part of its price.
    /// </summary>
    [Theory, MemberData(nameof(Seeds), 10)]
    public async Task No_order_of_beginnings_and_ends_spends_more_than_a_budget(int seed)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var (book, limit, number) = (fixture.GatewayParts.Budgets, new Usd(0.000002m), 0);
        var policy = new BudgetPolicy { Limits =
            [new SpendingLimit(BudgetScope.Customer, BudgetPeriod.Day, limit, OnExceed.Stop)] };
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), steps =>
        {
            var call = new CallContext { Stage = "triage", Customer = $"C-{number++}" };
            var at = TimeProvider.System.GetUtcNow();
            var key = SpendingKey.Of(null, call.Customer, null, at)
                .Single(k => k.Scope == SpendingKey.Customer && k.Period.Length == 10);
            var open = new Queue<Usd>();
            var paid = Usd.Zero;
            foreach (var step in steps.Append(-1).Concat(Enumerable.Repeat(-1, steps.Length)))
            {
                if (step >= 0)
                {
                    var price = Usd.FromNanos(step * 100 % 1500 + 1);
                    if (book.Reserve(call, policy, price) is BudgetVerdict.Granted) open.Enqueue(price);
                }
                else if (open.TryDequeue(out var price))
                {
                    var cost = Usd.FromNanos(price.Nanos / (1 + (-(long)step) % 3));
                    book.Spend(Paid(call, at, cost));
                    book.Release(call, policy, price, at);
                    paid += cost;
                }
                if (book.Spent(key) + book.Reserved(key) > limit) return false;
            }
            return book.Spent(key) == paid && book.Reserved(key) == Usd.Zero;
        }).Check(Fixed(seed));
    }

    [Theory, MemberData(nameof(Seeds), 12)]
    public async Task Receipts_ledger_and_counters_agree_whatever_goes_wrong(int seed)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Options = fixture.Options with { Breaker = new BreakerOptions { FailureRatio = 1 } };
        var chaos = new StandInScript { Seed = seed, Faults = new StandInChance(0.4, Faults) };
        (fixture.One.Script, fixture.Two.Script) = (chaos, chaos with { Seed = seed + 100 });
        var random = new Random(seed);

        var calls = Enumerable.Range(0, 60)
            .Select(i => (Number: i, Kind: random.Next(4), Customer: $"C-{random.Next(3)}"));
        await Parallel.ForEachAsync(calls, TestContext.Current.CancellationToken, async (call, cancel) =>
        {
            var context = new CallContext { Stage = "triage", Ticket = $"T-{call.Number % 7}",
                Customer = call.Customer };
            await Suffer(fixture, context, call.Number, call.Kind, cancel);
        });

        Assert.True(await fixture.Reconcile() > Usd.Zero);
    }

    [Fact]
    public async Task Concurrent_calls_do_not_overshoot_a_budget()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var limit = new Usd(0.02m);
        Limit(fixture, new SpendingLimit(BudgetScope.All, BudgetPeriod.Day, limit, OnExceed.Stop));
        fixture.One.Script = Says(100, 1000);

        var refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), TestContext.Current.CancellationToken, async (i, _) =>
        {
            try
            {
                await fixture.Ask($"question {i}");
            }
            catch (GatewayException error) when (error.Failure == GatewayFailure.BudgetExceeded)
            {
                Interlocked.Increment(ref refused);
            }
        });

        var spent = await fixture.Reconcile();
        Assert.True(refused > 0);
        Assert.InRange(spent.Amount, 0.01m, limit.Amount);
    }

    [Fact]
    public async Task A_ticket_that_costs_too_much_stops_and_others_go_on()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = fixture.Policy with
        {
            Budgets = new BudgetPolicy { Ticket = new TicketBudget(new Usd(0.002m)) },
        };
        fixture.One.Script = Says(100, 1000);

        await fixture.Ask("one");
        var error = await Assert.ThrowsAsync<GatewayException>(() => fixture.Ask("two"));
        await fixture.Ask("three", GatewayFixture.Triage with { Ticket = "T-2" });

        Assert.Equal(GatewayFailure.BudgetExceeded, error.Failure);
        Assert.Contains("the ticket's budget of 0.006 USD", error.Message);
    }

    [Fact]
    public async Task A_budget_that_asks_to_downgrade_gets_a_weaker_tier()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Change(stage => stage with { Tier = "reasoning" });
        Limit(fixture, new SpendingLimit(BudgetScope.Customer, BudgetPeriod.Month, new Usd(0.01m), OnExceed.Downgrade));

        var receipt = (await fixture.Ask("x")).Receipts().Single();

        Assert.Equal("small", receipt.Model);
    }

    [Fact]
    public async Task A_budget_that_asks_to_queue_says_when_it_begins_anew()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        Limit(fixture, new SpendingLimit(BudgetScope.All, BudgetPeriod.Day, Usd.Zero, OnExceed.Queue));

        var error = await Assert.ThrowsAsync<GatewayException>(() => fixture.Ask("x"));

        Assert.InRange(error.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task An_attempt_of_a_process_that_died_is_paid_for_at_its_reserved_price()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        var clock = new Baton.Testing.ManualClock();
        fixture.Clock = clock;
        var answered = (await fixture.Ask("before")).Receipts().Single();
        var open = answered with { Id = "rc_lost", Status = ReceiptStatus.Abandoned, Cost = new Usd(0.007m) };
        fixture.GatewayParts.Receipts.Begin(open, clock.GetUtcNow() + TimeSpan.FromSeconds(20));
        await fixture.GatewayParts.Receipts.FlushAsync(cancel);

        fixture.Restart();
        Assert.Equal(0, await fixture.GatewayParts.Receipts.RecoverAsync(cancel));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await fixture.GatewayParts.Receipts.RecoverAsync(cancel));
        Assert.Equal(0, await fixture.GatewayParts.Receipts.RecoverAsync(cancel));

        var lost = (await fixture.Receipts()).Single(r => r.Id == "rc_lost");
        Assert.Equal(new Usd(0.007m), lost.Cost);
        Assert.Equal(answered.Cost + lost.Cost, await fixture.Reconcile());
    }

    [Fact]
    public async Task Input_from_a_provider_that_reports_nothing_is_estimated_and_marked()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.One.Script = new StandInScript { Rules = [new StandInRule { Fault = StandInFault.WrongUsage }] };

        var receipt = (await fixture.Ask("how long does shipping take?")).Receipts().Single();

        Assert.True(receipt.Estimated);
        Assert.True(receipt.Cost > Usd.Zero);
    }

    private static Config Fixed(int seed) =>
        Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay((ulong)seed, 2 * (ulong)seed + 1);

    private static Receipt Paid(CallContext call, DateTimeOffset at, Usd cost) => new()
    {
        Id = "rc", CallId = "call", Attempt = 1, At = at, Stage = call.Stage, Model = "small", Provider = "one",
        Status = ReceiptStatus.Answered, Cost = cost, PricesDated = default, Customer = call.Customer,
    };

    private static async Task Suffer(
        GatewayFixture fixture, CallContext context, int number, int kind, CancellationToken cancel)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (kind == 3) leave.CancelAfter(TimeSpan.FromMilliseconds(number % 5));
        try
        {
            if (kind == 0)
            {
                await fixture.Gateway.GetResponseAsync($"question {number}", context.On(), leave.Token);
                return;
            }
            await foreach (var update in fixture.Gateway.GetStreamingResponseAsync(
                $"stream {number}", context.On(), leave.Token))
            {
                if (kind == 2 && update.Text.Length > 0) break;
            }
        }
        catch (Exception error) when (error is GatewayException || (error is OperationCanceledException && kind == 3))
        {
            // What is checked is the money.
        }
    }

    private static void Limit(GatewayFixture fixture, SpendingLimit limit) =>
        fixture.Policy = fixture.Policy with { Budgets = new BudgetPolicy { Limits = [limit] } };

    private static StandInScript Says(int input, int output) => new()
    {
        Otherwise = new StandInAnswer { Text = "ok", InputTokens = input, OutputTokens = output },
    };
}
