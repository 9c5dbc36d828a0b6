using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;
using Baton.Tools.Authority;

namespace Baton.Tests.Tools.Authority;

public sealed class ToolAuthorityTests
{
    private static readonly ToolAuthority Authority = new(RefundTool.Playbook);

    private static string Clause(ToolCall call, ToolFacts facts) => Authority.Decide(call, facts) switch
    {
        ToolVerdict.Denied denied => denied.Clause,
        ToolVerdict.NeedsApproval asked => "ask " + asked.Clause,
        _ => "allowed",
    };

    [Fact]
    public void Allows_what_every_clause_allows() =>
        Assert.IsType<ToolVerdict.Allowed>(Authority.Decide(RefundTool.Call(), RefundTool.Facts()));

    [Theory]
    [InlineData("nobody", "agent")]
    [InlineData("answer", "scope")]
    public void Denies_an_agent_that_does_not_hold_the_scope(string agent, string clause) =>
        Assert.Equal(clause, Clause(RefundTool.Call() with { Agent = agent }, RefundTool.Facts()));

    [Theory]
    [InlineData("""{"order_id":"T-1001","amount":80}""", "input:currency")]
    [InlineData("""{"order_id":"1001","amount":80,"currency":"EUR"}""", "input:order_id")]
    [InlineData("""{"order_id":"T-1001","amount":"80","currency":"EUR"}""", "input:amount")]
    [InlineData("""{"order_id":"T-1001","amount":-1,"currency":"EUR"}""", "input:amount")]
    [InlineData("""{"order_id":"T-1001","amount":80,"currency":"EUR","to_account":"DE1"}""", "input:to_account")]
    [InlineData("""{"order_id":"T-1001","amount":80,"currency":"USD"}""", "currency")]
    public void Denies_inputs_that_do_not_fit(string inputs, string clause)
    {
        var call = RefundTool.Call() with { Inputs = (JsonObject)JsonNode.Parse(inputs)! };

        Assert.Equal(clause, Clause(call, RefundTool.Facts()));
    }

    [Fact]
    public void Denies_whom_nobody_knows() =>
        Assert.Equal("identity", Clause(RefundTool.Call(), RefundTool.Facts() with { Identity = IdentityNeed.None }));

    [Theory]
    [InlineData("""{"id":"T-1001","status":"delivered","total":80,"delivered_on":"2026-09-01"}""", "window")]
    [InlineData("""{"id":"T-1001","status":"delivered","total":79.99,"delivered_on":"2026-11-20"}""", "whole_at_most")]
    [InlineData("""{"id":"T-1001","status":"cancelled","total":80,"delivered_on":"2026-11-20"}""", "delivered")]
    [InlineData("""{"id":"T-1001","status":"delivered","total":80}""", "window")]
    [InlineData("""{"id":"T-1001","status":"delivered","total":0,"delivered_on":"2026-11-20"}""", "whole_at_most")]
    [InlineData("""{"id":"T-1001","total":80,"delivered_on":"2026-11-20"}""", "delivered")]
    [InlineData("""{"id":"T-1001","status":"delivered","total":"much","delivered_on":"soon"}""", "window")]
    public void Denies_what_a_precondition_forbids_and_what_it_cannot_know(string order, string clause) =>
        Assert.Equal($"precondition:{clause}", Clause(RefundTool.Call(), RefundTool.Facts(order)));

    public static TheoryData<int, decimal, string> Usages => new()
    {
        { 2, 0, "limit:per_ticket" }, { 1, 530, "limit:per_ticket" }, { 1, 520, "allowed" },
    };

    [Theory]
    [MemberData(nameof(Usages))]
    public void Counts_what_was_done_in_the_ticket(int count, decimal amount, string clause) =>
        Assert.Equal(clause, Clause(RefundTool.Call(), RefundTool.Facts() with
        {
            Usage = new ToolUsage(Ticket: new Used(count, amount)),
        }));

    [Fact]
    public void Counts_what_was_done_for_the_customer_and_in_the_day()
    {
        Assert.Equal("limit:per_customer_day", Clause(RefundTool.Call(), RefundTool.Facts() with
        {
            Usage = new ToolUsage(CustomerDay: new Used(3, 10)),
        }));
        Assert.Equal("limit:per_day", Clause(RefundTool.Call(), RefundTool.Facts() with
        {
            Usage = new ToolUsage(Day: new Used(3, 921)),
        }));
    }

    [Fact]
    public void Keeps_an_agent_within_its_budget()
    {
        var facts = RefundTool.Facts();

        Assert.Equal("budget:calls", Clause(RefundTool.Call(), facts with { Spent = new AgentSpent(Calls: 10) }));
        Assert.Equal("budget:tokens", Clause(RefundTool.Call(), facts with { Spent = new AgentSpent(Tokens: 5001) }));
        Assert.Equal("budget:usd", Clause(RefundTool.Call(), facts with { Spent = new AgentSpent(Usd: 0.21m) }));
        Assert.Equal("budget:amount", Clause(RefundTool.Call(), facts with { Spent = new AgentSpent(Amount: 321) }));
    }

    [Fact]
    public void Asks_a_person_above_the_amount_of_the_policy_and_not_once_people_have_approved()
    {
        var facts = RefundTool.Facts(
            """{"id":"T-1001","status":"delivered","total":140,"delivered_on":"2026-11-20"}""");

        var asked = Assert.IsType<ToolVerdict.NeedsApproval>(Authority.Decide(RefundTool.Call(140), facts));

        Assert.Equal(("lead", true, "approval"), (asked.Role, asked.FourEyes, asked.Clause));
        Assert.Equal("allowed", Clause(RefundTool.Call(140), facts with { Approved = true }));
    }

    [Fact]
    public void Never_lets_an_approval_stand_for_a_denial()
    {
        var facts = RefundTool.Facts("""{"id":"T-1001","status":"cancelled","total":80,"delivered_on":"2026-11-20"}""");

        Assert.Equal("precondition:delivered", Clause(RefundTool.Call(), facts with { Approved = true }));
    }

    [Theory]
    [InlineData(80, "allowed")]
    [InlineData(30, "allowed")]
    [InlineData(40, "ask taint:amount")]
    public void Asks_a_person_when_nothing_vouches_for_what_a_model_has_read_somewhere(double amount, string clause) =>
        Assert.Equal(clause, Clause(RefundTool.Call(amount), RefundTool.Facts()));

    [Fact]
    public void Believes_an_input_that_code_has_filled_in_and_a_call_without_a_model()
    {
        var call = RefundTool.Call(40);

        Assert.Equal("allowed", Clause(call with { FromCode = new HashSet<string> { "amount" } }, RefundTool.Facts()));
        Assert.Equal("allowed", Clause(call with { Tainted = false }, RefundTool.Facts()));
    }

    [Fact]
    public void Asks_a_person_when_the_order_that_was_looked_up_is_another_one() =>
        Assert.Equal("ask taint:order_id", Clause(RefundTool.Call(order: "T-1002"), RefundTool.Facts()));

    /// <summary>Whatever comes in, money never moves past the clauses.</summary>
    [Fact]
    public void Never_allows_more_than_policy_whatever_the_numbers()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var amount = Math.Round(random.NextDouble() * 700, 2);
            var total = Math.Round(random.NextDouble() * 700, 2);
            var order = new JsonObject
            {
                ["id"] = "T-1001", ["status"] = "delivered", ["total"] = total, ["delivered_on"] = "2026-11-20",
            };
            var facts = RefundTool.Facts(order.ToJsonString());

            if (Clause(RefundTool.Call(amount), facts) == "allowed")
                Assert.True(amount == total && amount <= 100, $"{amount} of {total}");
        }
    }
}
