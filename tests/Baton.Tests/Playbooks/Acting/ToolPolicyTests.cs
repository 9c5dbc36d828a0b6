using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Testing;
using Baton.Tests.Tools.Authority;

namespace Baton.Tests.Playbooks.Acting;

/// <summary>What a tool file says of authority: read, and refused where it is open or makes no sense.</summary>
public sealed class ToolPolicyTests
{
    private const string File = "tools/issue_refund.yaml";

    [Fact]
    public void Reads_what_a_tool_may_do()
    {
        var tool = RefundTool.Playbook.Tools.Single(t => t.Name == "issue_refund");

        Assert.Equal((ToolRisk.Money, IdentityNeed.Matched, true), (tool.Risk, tool.Identity, tool.Idempotent));
        Assert.Equal(new ToolMoney("amount", "EUR", "currency"), tool.Money);
        Assert.Equal("Idempotency-Key", tool.IdempotencyHeader);
        Assert.Equal(new ToolLimit(2, 600), tool.Limits.PerTicket);
        Assert.Equal(TimeSpan.FromHours(4), tool.Approval!.Expires);
        Assert.Equal(["order.total", "order.items.price"], tool.BackedBy["amount"]);
        var refund = RefundTool.Playbook.Agents.Single(a => a.Name == "refund");
        Assert.Equal(new AgentBudget { Calls = 10, Tokens = 5000, Usd = 0.2m, Amount = 400 }, refund.Budget);
        Assert.Equal(["refund"], RefundTool.Playbook.Agents.Single(a => a.Name == "answer").HandsTo);
    }

    [Theory]
    [InlineData("money: { amount: amount, currency: EUR, currency_input: currency }", "", "needs its amount")]
    [InlineData("money: { amount: amount,", "money: { amount: amuont,", "did you mean 'amount'?")]
    [InlineData("currency: EUR,", "currency: euro,", "is not a currency")]
    [InlineData("per_call: { amount: 500 }\n  per_ticket: { count: 2, amount: 600 }", "per_ticket: { count: 2 }",
        "needs a limit")]
    [InlineData("order.age_days <= 60", "order.age_day <= 60", "did you mean 'order.age_days'?")]
    [InlineData("order.age_days <= 60", "order.age_days <= soon", "is a number")]
    [InlineData("refund.amount / order.total", "refund.amount of order.total", "is no formula")]
    [InlineData("tool: get_order", "tool: get_odrer", "did you mean 'get_order'?")]
    [InlineData("tool: get_order", "tool: issue_refund", "a look-up needs a tool of risk 'read'")]
    [InlineData("  order: { tool", "  input: { tool", "is there already")]
    [InlineData("role: lead", "role: boss", "cannot be 'boss'")]
    [InlineData("free_inputs: [reason]", "free_inputs: [raeson]", "did you mean 'reason'?")]
    [InlineData("refund-{ticket}-{order_id}", "refund", "has no hole")]
    [InlineData("refund-{ticket}-{order_id}", "refund-{oder_id}", "did you mean 'order_id'?")]
    [InlineData("risk: money", "risk: cash", "known: read, low, high, money")]
    public void Says_what_is_wrong(string old, string @new, string message)
    {
        var invalid = Assert.IsType<LoadedPlaybook.Invalid>(RefundTool.Files.Replace(File, old, @new).Load());

        Assert.Contains(invalid.Problems, p => p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Takes_an_input_that_is_filled_with_who_asks() => Assert.IsType<LoadedPlaybook.Valid>(
        RefundTool.Files.Replace(File, "reason: { type: string }", "reason: { type: string, from: customer.email }")
            .Load());

    [Fact]
    public void Refuses_to_hand_over_to_an_agent_that_is_not_there()
    {
        var invalid = Assert.IsType<LoadedPlaybook.Invalid>(
            RefundTool.Files.Replace("agents.yaml", "hands_to: [refund]", "hands_to: [refnud]").Load());

        Assert.Contains("did you mean 'refund'?", Assert.Single(invalid.Problems).Message);
    }

    [Theory]
    [InlineData("low", ToolRisk.Read, "read as 'read'")]
    [InlineData("medium", ToolRisk.High, "read as 'high'")]
    public void Reads_the_old_words_of_risk_and_says_so(string old, ToolRisk risk, string warning)
    {
        var valid = Assert.IsType<LoadedPlaybook.Valid>(
            new PlaybookFiles().Replace("tools/get_order.yaml", "risk: read", $"risk: {old}").Load());

        Assert.Equal(risk, valid.Playbook.Tools[0].Risk);
        Assert.Contains(valid.Warnings, w => w.Message.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Says_that_a_person_has_to_look_where_a_lost_answer_cannot_be_asked_for_again()
    {
        var files = RefundTool.Files.Replace(File, "idempotency_key: \"refund-{ticket}-{order_id}\"\n", "");

        Assert.Contains(Assert.IsType<LoadedPlaybook.Valid>(files.Load()).Warnings,
            w => w.Message.Contains("a person has to look", StringComparison.Ordinal));
    }
}
