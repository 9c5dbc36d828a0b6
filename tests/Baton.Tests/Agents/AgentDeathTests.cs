using Baton.Agents;
using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Testing.Agents;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Tools.Authority;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Agents;

/// <summary>What stays of an agent's run when its process ends at a bad moment.</summary>
public sealed class AgentDeathTests : IAsyncDisposable
{
    /// <summary>A refund that can neither be asked for again nor looked up.</summary>
    private static readonly Playbook OnlyOnce = RefundTool.Files.Replace("tools/issue_refund.yaml",
        "idempotency_key: \"refund-{ticket}-{order_id}\"\n", "").Playbook();

    private readonly RefundShop _shop = new();
    private readonly Desk _desk = new(DeskPlaybook.Files().With("tools/issue_refund.yaml", RefundTool.Yaml)
        .With("agents.yaml", RefundTool.Agents));

    public AgentDeathTests()
    {
        _desk.Shop.Handle = _shop.AnswerAsync;
        _desk.Clock.Advance(RefundTool.Now - _desk.Clock.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static AgentTask Task => new()
    {
        Playbook = RefundTool.Playbook, Agent = "refund", ConversationId = "T-1", Turn = 1, CustomerId = "c-1",
        Identity = new Identity.Claimed("c-1", "robin@example.com"), Prompt = "Work.",
        Conversation = "Please refund order T-1001, 80 EUR.",
    };

    private Task<AgentResult> RunAsync(IChatClient model, AgentTask task) =>
        RunAsync(model, task, CancellationToken.None);

    private Task<AgentResult> RunAsync(IChatClient model, AgentTask task, CancellationToken cancellationToken) =>
        _desk.Get<AgentLoop>().RunAsync(task, model, cancellationToken);

    private static (string, Dictionary<string, object?>) Order =>
        ("get_order", new() { ["order_id"] = "T-1001" });

    private static (string, Dictionary<string, object?>) Refund(double amount = 80) => ("issue_refund", new()
    {
        ["order_id"] = "T-1001", ["amount"] = amount, ["currency"] = "EUR",
    });

    /// <summary>Ends the process when the shop has made a refund, before its answer arrives.</summary>
    private async Task DieAfterRefundAsync(AgentTask task, params (string, Dictionary<string, object?>)[] calls)
    {
        using var process = new CancellationTokenSource();
        _desk.Shop.Handle = async request =>
        {
            var answer = await _shop.AnswerAsync(request);
            if (request.Method == HttpMethod.Post) await process.CancelAsync();
            return answer;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(new ScriptedModel(ScriptedModel.Calls(calls)), task, process.Token));
        _desk.Shop.Handle = _shop.AnswerAsync;
    }

    [Fact]
    public async Task Has_every_call_of_a_step_on_the_disk_before_the_next_one()
    {
        await DieAfterRefundAsync(Task, Order, Refund());
        var orders = 0;
        _desk.Shop.Handle = request =>
        {
            if (request.Method == HttpMethod.Get) orders++;
            return _shop.AnswerAsync(request);
        };

        var result = await RunAsync(new ScriptedModel(ScriptedModel.Says("We have refunded 80 EUR.")), Task);

        Assert.IsType<AgentEnd.Answered>(result.End);
        Assert.Equal([80m], _shop.Refunds);
        // The order was read before the process ended; its event stands, and it is not read again for the model.
        Assert.Equal(["get_order ok", "issue_refund ok"],
            result.Facts.OfType<ConversationEvent.ToolCalled>().Select(c => $"{c.Tool} {c.Outcome}"));
        Assert.Equal(0, orders);
    }

    [Fact]
    public async Task Keeps_what_happened_of_a_run_that_waits_until_the_ledger_has_it()
    {
        _shop.Order = _shop.Order.Replace("80", "140", StringComparison.Ordinal);
        await _desk.SubmitAsync(Desk.Ticket("please refund me"));
        var model = new ScriptedModel(ScriptedModel.Calls(Order, Refund(140)));
        var first = await RunAsync(model, Task);
        Assert.IsType<AgentEnd.Waiting>(first.End);
        Assert.Equal(["AgentStepped", "ToolCalled", "ApprovalRequested"], first.Facts.Select(f => f.GetType().Name));

        // The process ends before the turn has written anything down.
        var second = await RunAsync(model, Task);
        await _desk.AppendAsync("T-1", [.. second.Facts]);
        var third = await RunAsync(model, Task);

        Assert.Equal(first.Facts.Select(ConversationJson.Write), second.Facts.Select(ConversationJson.Write));
        Assert.Empty(third.Facts);
        Assert.Single(model.Asked);
    }

    [Fact]
    public async Task Tells_of_an_effect_that_nobody_knows_of_after_asking_for_it_as_long_as_it_may_be_under_way()
    {
        var task = Task with { Playbook = OnlyOnce };
        await DieAfterRefundAsync(task, Refund());

        var soon = await RunAsync(new ScriptedModel(), task);
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await RunAsync(new ScriptedModel(), task);

        Assert.IsType<AgentEnd.Later>(soon.End);
        Assert.Contains("nobody knows", Assert.IsType<AgentEnd.Person>(later.End).Why, StringComparison.Ordinal);
        Assert.Equal("unclear", Assert.Single(later.Log.Calls).Word);
        Assert.Equal([80m], _shop.Refunds);
    }

    [Fact]
    public async Task Gives_an_effect_that_may_be_under_way_to_a_person_when_the_turn_is_not_tried_again()
    {
        var task = Task with { Playbook = OnlyOnce };
        await DieAfterRefundAsync(task, Refund());

        var last = await RunAsync(new ScriptedModel(), task with { IsLast = true });

        Assert.IsType<AgentEnd.Person>(last.End);
        Assert.Equal("unclear", Assert.Single(last.Log.Calls).Word);
    }
}
