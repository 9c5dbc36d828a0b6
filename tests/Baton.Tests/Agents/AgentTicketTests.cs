using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Testing;
using Baton.Testing.Agents;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Agents;

/// <summary>
/// A whole ticket that an agent with tools works on: the model speaks over the wire of its provider, code decides what
/// its calls may do.
/// </summary>
public sealed class AgentTicketTests : ModelDeskTests
{
    private const string Prompt = "You work on the request";
    private const string Done = "We have refunded 80.00 EUR, reference R-1.";

    private readonly RefundShop _shop = new();

    private static PlaybookFiles Files(StandInServer server) => ModelPlaybook.Files(server, "agent")
        .With("tools/issue_refund.yaml", RefundTexts.Yaml).With("tools/change_address.yaml", RefundTexts.Address)
        .With("agents.yaml", RefundTexts.Agents)
        .Replace("intents/change_order.yaml", "class: agent", "class: agent\nagent: refund");

    private static InboundTicket Ticket => Desk.Ticket(
        "please change the size in my order T-1001, or give me the 80 EUR back") with
    {
        CustomerEmail = "robin@example.com", CustomerVerified = true,
    };

    /// <summary>The model's answers, one after the other.</summary>
    private static StandInRule[] Rules(params StandInAnswer[] answers) =>
        [.. answers.Select(a => new StandInRule { SystemContains = Prompt, Times = 1, Answer = a })];

    private static StandInAnswer Calls(string tool, string inputs) => new()
    {
        ToolCalls = [new StandInToolCall(tool, JsonDocument.Parse(inputs).RootElement)],
        InputTokens = 200, OutputTokens = 20,
    };

    private static StandInAnswer Says(string text) => new() { Text = text, InputTokens = 200, OutputTokens = 20 };

    private static readonly StandInAnswer Reads = Calls("get_order", """{"order_id":"T-1001"}""");

    private static readonly StandInAnswer Refunds =
        Calls("issue_refund", """{"order_id":"T-1001","amount":80,"currency":"EUR"}""");

    private void Start(params StandInAnswer[] answers) => Start(Files(Server), answers);

    private void Start(PlaybookFiles files, params StandInAnswer[] answers)
    {
        Server.Script = new StandInScript { Rules = Rules(answers) };
        Desk = new Desk(files);
        Desk.Clock.Advance(RefundTexts.Now - Desk.Clock.GetUtcNow());
        Desk.Shop.Handle = _shop.AnswerAsync;
    }

    private int Asked => Server.Requests.Count(r => r.Body.Contains(Prompt, StringComparison.Ordinal));

    [Fact]
    public async Task Reads_is_denied_what_it_may_not_acts_within_policy_and_answers()
    {
        Start(Reads, Calls("change_address", """{"order_id":"T-1001","address":"1 Evil Street"}"""), Refunds, Says(Done));

        var decision = await Desk.DecideAsync(Ticket);

        Assert.Equal(OutcomeKind.Acted, decision.Outcome);
        Assert.Contains(Done, decision.Reply, StringComparison.Ordinal);
        var action = Assert.Single(decision.Actions);
        Assert.Equal(("refund", "issue_refund", "done", "R-1", 80m, "EUR"),
            (action.Agent, action.Tool, action.Status, action.Reference, action.Amount, action.Currency));
        Assert.Equal(decision.Actions, Desk.State().Actions);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Empty(_shop.Addresses);
        var denied = Assert.Single(Desk.Events().OfType<ConversationEvent.ToolDenied>());
        Assert.Equal(("refund", "change_address", "scope"), (denied.Agent, denied.Tool, denied.Clause));
        Assert.Equal([("get_order", "ok"), ("issue_refund", "ok")],
            Desk.Events().OfType<ConversationEvent.ToolCalled>().Select(c => (c.Tool, c.Outcome)));
        // Each answer of the model is a step, a receipt and a cost.
        Assert.Equal(4, Asked);
        Assert.Equal([1, 2, 3, 4], Desk.Events().OfType<ConversationEvent.AgentStepped>().Select(s => s.Step));
        Assert.Equal(["agent", "agent", "agent", "agent"], (await ModelDesk.ReceiptsAsync(Desk)).Select(r => r.Stage));
        Assert.Equal(decision.CostUsd, await ModelDesk.SpentAsync(Desk));
        Assert.Equal(4 * (200 * 1m + 20 * 4m) / 1_000_000, decision.CostUsd);
        // The model learned no more than that it may not, and the customer's words stood in no system text.
        var third = Server.Requests[^2].Body;
        Assert.Contains("You may not do this", third, StringComparison.Ordinal);
        Assert.DoesNotContain("scope", third, StringComparison.Ordinal);
        Assert.All(Server.Requests, r => Assert.DoesNotContain("give me the 80", SystemOf(r), StringComparison.Ordinal));
    }

    /// <summary>The process ends when the shop has paid, before its answer is on record.</summary>
    private async Task DieAfterRefundAsync()
    {
        using var process = new CancellationTokenSource();
        Desk.Shop.Handle = async request =>
        {
            var answer = await _shop.AnswerAsync(request);
            if (request.Method == HttpMethod.Post) await process.CancelAsync();
            return answer;
        };
        await Desk.SubmitAsync(Ticket);
        var job = await Desk.LeaseAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Desk.Workers.Handlers[job!.Kind](job, process.Token));
        Desk.Shop.Handle = _shop.AnswerAsync;
    }

    [Fact]
    public async Task Goes_on_where_it_was_when_the_process_dies_between_the_effect_and_its_record()
    {
        Start(Reads, Refunds, Says(Done));
        await DieAfterRefundAsync();
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(2, Asked);
        Assert.Empty(Desk.State().Actions);

        Desk.LetLeasesEnd();
        await Desk.WorkAsync();

        var decision = Desk.Latest("T-1");
        Assert.Equal(OutcomeKind.Acted, decision.Outcome);
        Assert.Equal("R-1", Assert.Single(decision.Actions).Reference);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(3, Asked);
        // What the first process had done stands in the ledger all the same, each step once.
        Assert.Equal([1, 2, 3], Desk.Events().OfType<ConversationEvent.AgentStepped>().Select(s => s.Step));
        Assert.Equal(decision.CostUsd, await ModelDesk.SpentAsync(Desk));
    }

    /// <summary>The shop may have paid, and nobody can ask it.</summary>
    [Fact]
    public async Task Lists_an_effect_that_nobody_knows_of_and_gives_it_to_a_person()
    {
        Start(Files(Server).Replace("tools/issue_refund.yaml",
            "idempotency_key: \"refund-{ticket}-{order_id}\"\n", ""), Reads, Refunds, Says(Done));
        _shop.Moods.Enqueue("lost");

        var decision = await Desk.DecideAsync(Ticket);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains(
            "look before you repeat it: issue_refund", decision.Handoff!.LastAttempt, StringComparison.Ordinal);
        var action = Assert.Single(Desk.State().Actions);
        Assert.Equal(("refund", "issue_refund", "unclear", null),
            (action.Agent, action.Tool, action.Status, action.Reference));
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Lists_an_effect_of_a_turn_that_was_not_tried_again_because_the_customer_wrote()
    {
        Start(Reads, Refunds, Says(Done));
        await DieAfterRefundAsync();
        await Desk.AddAsync("let me talk to a human");

        Desk.LetLeasesEnd();
        await Desk.WorkAsync();

        Assert.Equal(OutcomeKind.Escalated, Desk.Latest("T-1").Outcome);
        Assert.Equal([80m], _shop.Refunds);
        Assert.Equal("issue_refund", Assert.Single(Desk.State().Actions).Tool);
        // What the run read and was asked stands in the ledger, too.
        Assert.Contains(Desk.Events(), e => e is ConversationEvent.AgentStepped { Turn: 1 });
    }

    /// <summary>Whatever the reason, the process ends each time that the shop has paid.</summary>
    [Fact]
    public async Task Lists_an_effect_of_a_turn_under_which_the_process_died_too_often()
    {
        Start(Reads, Refunds, Says(Done));
        await Desk.SubmitAsync(Ticket);
        Desk.Shop.Handle = async request =>
        {
            var answer = await _shop.AnswerAsync(request);
            if (request.Method == HttpMethod.Post) throw new InvalidDataException("the process ends");
            return answer;
        };
        await Desk.WorkAsync();

        var decision = Desk.Latest("T-1");
        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        var action = Assert.Single(decision.Actions);
        Assert.Equal(("refund", "issue_refund", "unclear", 80m, "EUR"),
            (action.Agent, action.Tool, action.Status, action.Amount, action.Currency));
        Assert.Equal(decision.Actions, Desk.State().Actions);
        Assert.Contains("issue_refund is unclear", decision.Reasoning, StringComparison.Ordinal);
        Assert.Equal([80m], _shop.Refunds);
    }

    [Fact]
    public async Task Gives_it_to_a_person_with_what_was_done_when_the_model_claims_what_nothing_says()
    {
        Start(Reads, Says("We have refunded 95.00 EUR."));

        var decision = await Desk.DecideAsync(Ticket);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("changed nothing", decision.Handoff!.LastAttempt, StringComparison.Ordinal);
        Assert.Empty(decision.Actions);
        Assert.Empty(_shop.Refunds);
    }

    private static string SystemOf(StandInRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return string.Concat(body.RootElement.GetProperty("messages").EnumerateArray()
            .Where(m => m.GetProperty("role").GetString() is "system" or "developer")
            .Select(m => m.GetProperty("content").ToString()));
    }
}
