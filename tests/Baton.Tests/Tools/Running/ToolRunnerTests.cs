using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Testing.Agents;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Tests.Tools.Running;

/// <summary>An effect happens once, whatever the tool, the network and the process do.</summary>
public sealed class ToolRunnerTests : IAsyncDisposable
{
    private const string Reconcile = """
        name: last_refund
        description: The last refund of an order
        method: GET
        url: "{base}/demo/orders/{order_id}/refunds/last"
        scope: orders:read
        risk: read
        owner: none
        input_schema: { type: object, required: [order_id], properties: { order_id: { type: string } } }

        """;

    private readonly RefundShop _shop = new();
    private readonly Desk _desk = new(Files());

    public ToolRunnerTests()
    {
        _desk.Shop.Handle = _shop.AnswerAsync;
        _desk.Clock.Advance(RefundTool.Now - _desk.Clock.GetUtcNow());
    }

    private static Playbook Kept { get; } = Files().Playbook();

    private static Playbook WithoutKeys { get; } = Files(f => f.Replace("tools/issue_refund.yaml",
        "idempotency_key: \"refund-{ticket}-{order_id}\"\n", "")).Playbook();

    private static Playbook Reconciled { get; } = Files(f => f.Replace("tools/issue_refund.yaml",
        "idempotency_key: \"refund-{ticket}-{order_id}\"\n",
        "reconcile: { tool: last_refund, inputs: { order_id: input.order_id }, done: refund.id, reference: refund.id, amount: refund.amount, currency: refund.currency }\n"))
        .Playbook();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static PlaybookFiles Files(Func<PlaybookFiles, PlaybookFiles>? change = null)
    {
        var files = DeskPlaybook.Files().With("tools/issue_refund.yaml", RefundTool.Yaml)
            .With("tools/last_refund.yaml", Reconcile).With("agents.yaml", RefundTool.Agents);
        return change?.Invoke(files) ?? files;
    }

    private static ToolContext Context(Playbook? playbook = null) => new()
    {
        Playbook = playbook ?? Kept, Identity = new Identity.Claimed("c-1", "robin@example.com"),
    };

    private async Task<ToolOutcome> CallAsync(ToolContext context, double amount = 80, string agent = "refund")
    {
        var outcome = await _desk.Get<ToolRunner>().CallAsync(
            RefundTool.Call(amount) with { Agent = agent, ConversationId = "T-1" }, context, CancellationToken.None);
        return outcome;
    }

    private ToolEffect Effect() => Assert.Single(_desk.Database.Read(c => ToolEffects.Of(c, "T-1")));

    [Fact]
    public async Task Gives_money_back_once_with_its_reference()
    {
        var context = Context();

        var first = Assert.IsType<ToolOutcome.Done>(await CallAsync(context));
        var again = Assert.IsType<ToolOutcome.Done>(await CallAsync(Context()));

        Assert.Equal(("R-1", 80m), (first.Reference, first.Amount));
        Assert.Equal(("R-1", 80m), (again.Reference, again.Amount));
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(1, _shop.Asked);
        var called = Assert.Single(context.Facts.OfType<ConversationEvent.ToolCalled>());
        Assert.Equal(("ok", 1, "R-1", 80m, "EUR"),
            (called.Outcome, called.Attempt, called.Reference, called.Amount, called.Currency));
        Assert.DoesNotContain("robin", ConversationJsonOf(called), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_again_with_the_same_key_when_an_answer_is_lost()
    {
        _shop.Moods.Enqueue("lost");
        var context = Context();

        var done = Assert.IsType<ToolOutcome.Done>(await CallAsync(context));

        Assert.Equal("R-1", done.Reference);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(["unclear 1", "ok 2"],
            context.Facts.OfType<ConversationEvent.ToolCalled>().Select(f => $"{f.Outcome} {f.Attempt}"));
    }

    [Fact]
    public async Task Asks_again_with_the_same_key_after_a_death_between_effect_and_record()
    {
        _shop.Moods.Enqueue("lost");
        _shop.Moods.Enqueue("lost");

        Assert.IsType<ToolOutcome.Unknown>(await CallAsync(Context()));
        Assert.Equal(EffectStatus.Started, Effect().Status);
        var done = Assert.IsType<ToolOutcome.Done>(await CallAsync(Context()));

        Assert.Equal("R-1", done.Reference);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal((EffectStatus.Done, 80m), (Effect().Status, Effect().Amount));
    }

    [Fact]
    public async Task Gives_it_to_a_person_when_a_lost_call_cannot_be_asked_again()
    {
        _shop.Moods.Enqueue("lost");

        Assert.IsType<ToolOutcome.Unknown>(await CallAsync(Context(WithoutKeys)));
        Assert.IsType<ToolOutcome.Unknown>(await CallAsync(Context(WithoutKeys)));

        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(EffectStatus.Unknown, Effect().Status);
    }

    [Fact]
    public async Task Finds_a_lost_call_by_the_look_up_that_the_tool_declares()
    {
        _shop.KnowsKeys = false;
        _shop.Moods.Enqueue("lost");
        var context = Context(Reconciled);

        var done = Assert.IsType<ToolOutcome.Done>(await CallAsync(context));

        Assert.Equal("R-1", done.Reference);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Contains(context.Facts.OfType<ConversationEvent.ToolCalled>(), f => f.Outcome == "reconciled");
    }

    [Fact]
    public async Task Knows_that_nothing_happened_when_the_tool_was_not_reached_or_said_no()
    {
        _shop.Moods.Enqueue("down");
        var down = Assert.IsType<ToolOutcome.Failed>(await CallAsync(Context(WithoutKeys)));
        _shop.Moods.Enqueue("refused");
        var refused = Assert.IsType<ToolOutcome.Failed>(await CallAsync(Context(WithoutKeys)));

        Assert.Equal((ToolFailure.Unavailable, true), (down.Kind, down.Retryable));
        Assert.Equal((ToolFailure.Declined, false), (refused.Kind, refused.Retryable));
        Assert.IsType<ToolOutcome.Done>(await CallAsync(Context(WithoutKeys)));
        Assert.Equal([80m], _shop.Refunds);
    }

    [Fact]
    public async Task Believes_no_receipt_that_contradicts_the_call()
    {
        _shop.Moods.Enqueue("wrong");

        var unknown = Assert.IsType<ToolOutcome.Unknown>(await CallAsync(Context()));

        Assert.Contains("contradicts", unknown.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denies_another_amount_under_the_key_of_what_was_done()
    {
        await CallAsync(Context());

        var refused = Assert.IsType<ToolOutcome.Refused>(await CallAsync(Context(), 40));

        Assert.Equal("once", refused.Denied.Clause);
        Assert.Equal([80m], _shop.Refunds);
    }

    [Fact]
    public async Task Denies_a_stranger_and_another_customer()
    {
        var stranger = Context() with { Identity = new Identity.Claimed(null, "eve@example.com") };
        var other = Context() with { Identity = new Identity.Verified("c-9", "eve@example.com") };

        Assert.Equal("identity", Assert.IsType<ToolOutcome.Refused>(await CallAsync(stranger)).Denied.Clause);
        Assert.Equal(ToolFailure.NotTheirs, Assert.IsType<ToolOutcome.Failed>(await CallAsync(other)).Kind);
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Records_a_denial_and_alarms_when_no_honest_agent_would_have_tried()
    {
        await _desk.SubmitAsync(Desk.Ticket("hello"));
        var context = Context();
        await CallAsync(context, agent: "answer");
        await _desk.AppendAsync("T-1", [.. context.Facts]);

        var denied = Assert.Single(_desk.Events().OfType<ConversationEvent.ToolDenied>());
        Assert.Equal(("answer", "scope", "refunds:issue"), (denied.Agent, denied.Clause, denied.Scope));
        Assert.Equal(1, _desk.Count("tool_denials"));
        Assert.Equal(1, _desk.Count("notices"));
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Changes_nothing_in_a_dry_run()
    {
        var context = Context() with { DryRun = true };

        Assert.IsType<ToolOutcome.Done>(await CallAsync(context));

        Assert.Equal(0, _shop.Asked);
        Assert.Equal(0, _desk.Count("tool_effects"));
    }

    [Fact]
    public async Task Leaves_a_system_alone_that_has_failed_three_times_and_tries_it_once_after_a_minute()
    {
        _shop.IsDown = true;
        for (var i = 0; i < 3; i++) await CallAsync(Context());
        _shop.IsDown = false;
        var open = Assert.IsType<ToolOutcome.Failed>(await CallAsync(Context()));
        _desk.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((ToolFailure.Broken, false), (open.Kind, open.Retryable));
        Assert.IsType<ToolOutcome.Done>(await CallAsync(Context()));
    }

    [Fact]
    public async Task Lets_one_of_two_calls_through_that_fit_only_once()
    {
        var twice = Files(f => f.Replace("tools/issue_refund.yaml", "refund-{ticket}-{order_id}", "refund-{ticket}-{reason}")
            .Replace("tools/issue_refund.yaml", "per_ticket: { count: 2, amount: 600 }", "per_ticket: { count: 1 }")).Playbook();
        async Task<ToolOutcome> One(string reason)
        {
            var call = RefundTool.Call() with { ConversationId = "T-1" };
            call.Inputs["reason"] = reason;
            return await _desk.Get<ToolRunner>().CallAsync(call, Context(twice), CancellationToken.None);
        }

        var both = await Task.WhenAll(One("a"), One("b"));

        Assert.Single(both.OfType<ToolOutcome.Done>());
        Assert.Equal("limit:per_ticket", Assert.Single(both.OfType<ToolOutcome.Refused>()).Denied.Clause);
        Assert.Equal([80m], _shop.Refunds);
    }

    private static string ConversationJsonOf(ConversationEvent fact) =>
        System.Text.Encoding.UTF8.GetString(ConversationJson.Write(fact));
}
