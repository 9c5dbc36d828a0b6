using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Decisions.Stages.Acting;
using Baton.Playbooks;
using Baton.Testing.Commerce;
using Baton.Workflows;

namespace Baton.Tests.Workflows;

public sealed class RefundFlowTests : IAsyncDisposable
{
    private readonly RefundDesk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private void AssertReconciled(decimal amount, string id = "T-1")
    {
        Assert.Equal(amount, _desk.PaidBack);
        Assert.Equal(amount, _desk.Recorded(id));
        Assert.Equal(amount, _desk.Told(id));
    }

    [Fact]
    public async Task Pays_back_once_and_tells_amount_reference_and_day()
    {
        var decision = await _desk.DecideAsync(RefundDesk.Small);

        Assert.Equal(OutcomeKind.Acted, decision.Outcome);
        AssertReconciled(91);
        var effect = Assert.Single(_desk.Shop.Ledger);
        Assert.Contains(effect.Reference, _desk.Desk.Said()[^1], StringComparison.Ordinal);
        Assert.Contains("2026-06-10", _desk.Desk.Said()[^1], StringComparison.Ordinal);
        var action = Assert.Single(decision.Actions);
        Assert.Equal(("refund", "issue_refund", "done", effect.Reference, 91m),
            (action.Agent, action.Tool, action.Status, action.Reference, action.Amount));
        Assert.Equal(decision.Actions, _desk.Desk.State().Actions);
        var run = Assert.Single(_desk.Desk.Get<WorkflowStore>().Newest(10));
        Assert.Equal(WorkflowRun.Done, run.State);
        Assert.Equal(["read", "history", "fraud", "policy", "issue", "verify", "tell"], run.Steps.Select(s => s.Name));
    }

    [Theory]
    [InlineData(0, "undone", 0)]
    [InlineData(25, "undo_failed", 91)]
    public async Task Says_of_what_a_person_had_taken_back_that_it_was(int hours, string status, decimal paid)
    {
        await _desk.DecideAsync(RefundDesk.Small);
        _desk.Desk.Clock.Advance(TimeSpan.FromHours(hours));
        var trial = new WorkflowTrial(
            _desk.Desk.Get<ConversationStore>(), _desk.Desk.Get<WorkflowRunner>(), _desk.Desk.Get<WorkflowStore>(),
            _desk.Desk.Get<PlaybookHost>(), _desk.Desk.Clock);

        Assert.Equal(status, Assert.Single((await trial.UndoAsync("T-1", CancellationToken.None))!).State);

        Assert.Equal(paid, _desk.PaidBack);
        Assert.Equal(status, Assert.Single(_desk.Desk.State().Actions).Status);
        var ticket = await _desk.Desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None);
        Assert.Equal(status, $"{ticket!["actions"]![0]!["status"]}");
        Assert.Equal(status, $"{ticket["decision"]!["actions"]![0]!["status"]}");
        Assert.Equal(
            status, Assert.Single(_desk.Desk.Database.Read(c => StoredDecision.Last(c, "T-1"))!.View.Actions).Status);
        var undone = Assert.Single(_desk.Desk.Events().OfType<ConversationEvent.ActionUndone>());
        Assert.Equal(("issue_refund", status), (undone.Tool, undone.Status));
    }

    [Fact]
    public async Task Does_nothing_for_somebody_who_is_not_verified()
    {
        var decision = await _desk.Desk.DecideAsync(RefundDesk.Ticket(RefundDesk.Small, verified: false));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        AssertReconciled(0);
    }

    [Fact]
    public async Task Gives_the_order_of_another_customer_to_a_person()
    {
        var decision = await _desk.Desk.DecideAsync(
            RefundDesk.Ticket(RefundDesk.Small) with { CustomerEmail = "mallory@example.com" });

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        AssertReconciled(0);
    }

    [Theory]
    [InlineData(RefundDesk.Suspicious, "", "suspicious")]
    [InlineData(RefundDesk.FinalSale, "", "final sale")]
    [InlineData(RefundDesk.NotShipped, "", "not delivered")]
    [InlineData(RefundDesk.Small, "but I only want half of it back", "a part")]
    [InlineData(RefundDesk.Small, "I have worn it twice", "worn")]
    public async Task Gives_what_policy_does_not_allow_to_a_person_with_the_reason(
        string order, string words, string reason)
    {
        var decision = await _desk.Desk.DecideAsync(RefundDesk.Ticket(order, words: words));

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains(reason, decision.Handoff!.LastAttempt, StringComparison.Ordinal);
        AssertReconciled(0);
    }

    [Fact]
    public async Task Asks_for_the_number_that_is_missing_and_goes_on_with_it()
    {
        var asked = await _desk.Desk.DecideAsync(
            RefundDesk.Ticket(RefundDesk.Small) with { Messages = [new InboundText(Author.Customer, "please change it")] });
        Assert.Equal(OutcomeKind.Asked, asked.Outcome);
        AssertReconciled(0);

        Assert.Equal(OutcomeKind.Acted, (await _desk.Desk.WriteAsync($"change {RefundDesk.Small}")).Outcome);
        AssertReconciled(91);
    }

    [Fact]
    public async Task Asks_again_for_a_number_that_names_nothing()
    {
        var decision = await _desk.Desk.DecideAsync(RefundDesk.Ticket("NW-99999"));

        Assert.Equal(OutcomeKind.Asked, decision.Outcome);
        AssertReconciled(0);
    }

    [Theory]
    [InlineData(true, 356, OutcomeKind.Acted)]
    [InlineData(false, 0, OutcomeKind.Escalated)]
    public async Task Waits_for_an_approval_above_the_limit_and_goes_on_where_it_was(
        bool approves, decimal paid, OutcomeKind outcome)
    {
        await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Large));
        await _desk.Desk.WorkAsync();
        Assert.Equal(0, _desk.Desk.State().DecidedTurn);
        AssertReconciled(0);

        var approval = Assert.Single(_desk.Desk.State().OpenApprovals);
        var desk = _desk.Desk.Get<ApprovalDesk>();
        Assert.IsType<ApprovalAnswer.Taken>(await desk.DecideAsync(
            approval, new ApprovalVote("ann", "lead", approves, Why: "seen"), null, CancellationToken.None));
        await _desk.Desk.WorkAsync();

        Assert.Equal(outcome, _desk.Desk.Latest("T-1").Outcome);
        AssertReconciled(paid);
    }

    [Fact]
    public async Task Pays_back_what_a_person_approved_instead_and_tells_that()
    {
        await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Large));
        await _desk.Desk.WorkAsync();
        var desk = _desk.Desk.Get<ApprovalDesk>();
        var id = Assert.Single(_desk.Desk.State().OpenApprovals);
        ApprovalVote Less(int amount) => new("ann", "lead", true, Inputs:
            $$"""{"order_id":"{{RefundDesk.Large}}","amount":{{amount}},"currency":"USD"}""");

        var more = Assert.IsType<ApprovalAnswer.Forbidden>(
            await desk.DecideAsync(id, Less(357), 357, CancellationToken.None));
        await desk.DecideAsync(id, Less(300), 300, CancellationToken.None);
        await _desk.Desk.WorkAsync();

        Assert.Contains("'rest >= 0' does not hold: rest is -1", more.Why, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Acted, _desk.Desk.Latest("T-1").Outcome);
        Assert.Equal(300, Assert.Single(_desk.Desk.State().Actions).Amount);
        AssertReconciled(300);
    }

    [Fact]
    public async Task Pays_back_once_for_a_second_ticket_about_the_same_order()
    {
        await _desk.DecideAsync(RefundDesk.Small);
        var again = await _desk.DecideAsync(RefundDesk.Small, "T-2");

        Assert.Equal(OutcomeKind.Escalated, again.Outcome);
        Assert.Equal(91, _desk.PaidBack);
    }

    /// <summary>Whatever the shop does: shop, record and receipts say the same, or a person has it.</summary>
    [Theory]
    [InlineData(ShopFault.Slow, 91)]
    [InlineData(ShopFault.Error, 91)]
    [InlineData(ShopFault.ErrorAfterEffect, 91)]
    [InlineData(ShopFault.CutAfterEffect, 91)]
    [InlineData(ShopFault.Duplicate, 91)]
    [InlineData(ShopFault.Partial, 0)]
    [InlineData(ShopFault.AlreadyRefunded, 0)]
    [InlineData(ShopFault.WrongCurrency, 0)]
    public async Task Reconciles_to_the_cent_whatever_goes_wrong_once(ShopFault fault, decimal paid)
    {
        _desk.Faults = n => n == 1 ? fault : ShopFault.None;
        await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small));
        await WorkOnAsync();

        Assert.Equal(paid > 0 ? OutcomeKind.Acted : OutcomeKind.Escalated, _desk.Desk.Latest("T-1").Outcome);
        AssertReconciled(paid);
    }

    [Fact]
    public async Task Gives_a_shop_that_stays_down_to_a_person()
    {
        _desk.Faults = _ => ShopFault.Error;
        await _desk.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small));
        await WorkOnAsync();

        Assert.Equal(OutcomeKind.Escalated, _desk.Desk.Latest("T-1").Outcome);
        AssertReconciled(0);
    }

    /// <summary>Attempts that are put off come due.</summary>
    private async Task WorkOnAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            await _desk.Desk.WorkAsync();
            _desk.Desk.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }
}
