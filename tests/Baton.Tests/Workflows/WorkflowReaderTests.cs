using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Workflows;

public sealed class WorkflowReaderTests
{
    private const string File = "workflows/refund.yaml";

    [Fact]
    public void Reads_the_workflows_of_the_sample_company_without_a_problem()
    {
        var playbook = Assert.IsType<LoadedPlaybook.Valid>(NorthwindFiles.All().Load()).Playbook;

        Assert.Equal(["cancel", "change_address", "exchange", "invoice", "refund"],
            playbook.Workflows.Select(w => w.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("call: issue_refund", "call: issue_refnd", "did you mean 'issue_refund'")]
    [InlineData("agent: notification", "agent: notifier", "unknown agent 'notifier'")]
    [InlineData("  - name: policy\n    agent: refund", "  - name: policy\n    agent: notification", "may not hand over to 'refund'")]
    [InlineData("agent: fraud_check\n    call: get_history", "agent: triage\n    call: get_history", "does not hold the scope 'customers:read'")]
    [InlineData("order_id: \"{field.order_id}\"", "order_id: \"{issue.effect.id}\"", "nothing is known of '{issue.effect.id}'")]
    [InlineData("amount: \"{read.order.refundable}\", ", "", "needs the input 'amount'")]
    [InlineData("when: order.refunded == 0", "when: order.refundd == 0", "did you mean 'order.refunded'")]
    [InlineData("    tell: |", "    check: []\n    told: |", "end with a step that has 'tell'")]
    [InlineData("intents: [change_order]", "intents: [chnge_order]", "did you mean 'change_order'")]
    [InlineData("needs: [order_id]", "needs: [ordr_id]", "did you mean 'order_id'")]
    [InlineData("suspicious_from: 50", "suspicius_from: 50", "did you mean 'suspicious_from'")]
    [InlineData("points: 60", "points: 600", "out of range")]
    [InlineData("    call: get_history", "    cal: get_history", "does nothing; write one of call")]
    public void Says_what_is_wrong_and_how_to_mend_it(string right, string wrong, string expected)
    {
        var problems = Assert.IsType<LoadedPlaybook.Invalid>(
            RefundDesk.Files().Replace(File, right, wrong).Load()).Problems;

        Assert.Contains(problems, p => p.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Lets_an_intent_have_one_workflow() =>
        Assert.Contains(
            Assert.IsType<LoadedPlaybook.Invalid>(RefundDesk.Files().With("workflows/other.yaml",
                RefundDesk.Files().Texts[File].Replace("name: refund\n", "name: other\n", StringComparison.Ordinal))
                .Load()).Problems,
            p => p.ToString().Contains("is declared twice", StringComparison.Ordinal));
}
