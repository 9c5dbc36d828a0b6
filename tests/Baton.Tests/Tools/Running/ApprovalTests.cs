using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Storage.Outgoing;
using Baton.Testing.Agents;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Tests.Tools.Running;

/// <summary>A call above policy waits for people: who may, how many, how long, and that it is done once.</summary>
public sealed class ApprovalTests : IAsyncDisposable
{
    private readonly RefundShop _shop = new()
    {
        Order = """
            {"id":"T-1001","status":"delivered","total":140,"delivered_on":"2026-11-20","customer_email":"robin@example.com"}
            """,
    };

    private readonly Desk _desk = new(Files);

    public ApprovalTests()
    {
        _desk.Shop.Handle = _shop.AnswerAsync;
        _desk.Clock.Advance(RefundTool.Now - _desk.Clock.GetUtcNow());
    }

    private static Baton.Testing.PlaybookFiles Files => DeskPlaybook.Files()
        .With("tools/issue_refund.yaml", RefundTool.Yaml).With("agents.yaml", RefundTool.Agents);

    private static Playbook Kept { get; } = Files.Playbook();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task<ToolOutcome> CallAsync(double amount = 140)
    {
        var context = new ToolContext
        {
            Playbook = Kept, Identity = new Identity.Claimed("c-1", "robin@example.com"),
        };
        var outcome = await _desk.Get<ToolRunner>().CallAsync(
            RefundTool.Call(amount) with { ConversationId = "T-1" }, context, CancellationToken.None);
        if (context.Facts.Count > 0) await _desk.AppendAsync("T-1", [.. context.Facts]);
        return outcome;
    }

    private async Task<string> AskedAsync()
    {
        await _desk.SubmitAsync(Desk.Ticket("please refund me") with { CustomerEmail = "robin@example.com" });
        await _desk.WorkAsync();
        return Assert.IsType<ToolOutcome.Waiting>(await CallAsync()).ApprovalId;
    }

    private Task<ApprovalAnswer> VoteAsync(string id, ApprovalVote vote, decimal? amount = null) =>
        _desk.Get<ApprovalDesk>().DecideAsync(id, vote, amount, CancellationToken.None);

    private static ApprovalVote Yes(string by, string role = "lead") => new(by, role, Approves: true);

    [Fact]
    public async Task Waits_and_asks_once()
    {
        var id = await AskedAsync();
        var again = Assert.IsType<ToolOutcome.Waiting>(await CallAsync());

        Assert.Equal(id, again.ApprovalId);
        var open = Assert.Single(_desk.Database.Read(ApprovalRows.Open));
        Assert.Equal((140m, "EUR", "lead", true), (open.Amount, open.Currency, open.Role, open.FourEyes));
        Assert.Contains("T-1001", open.Inputs, StringComparison.Ordinal);
        Assert.Single(_desk.Events().OfType<ConversationEvent.ApprovalRequested>());
        Assert.Equal([id], _desk.State().OpenApprovals);
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Takes_two_different_people_where_policy_says_four_eyes()
    {
        var id = await AskedAsync();

        Assert.IsType<ApprovalAnswer.Taken>(await VoteAsync(id, Yes("tess")));
        Assert.IsType<ToolOutcome.Waiting>(await CallAsync());
        Assert.Contains("second person", Assert.IsType<ApprovalAnswer.Late>(await VoteAsync(id, Yes("tess"))).Why,
            StringComparison.Ordinal);
        Assert.IsType<ApprovalAnswer.Taken>(await VoteAsync(id, Yes("omar")));

        Assert.Equal("R-1", Assert.IsType<ToolOutcome.Done>(await CallAsync()).Reference);
        Assert.Equal([140m], _shop.Refunds);
        Assert.Empty(_desk.State().OpenApprovals);
    }

    [Fact]
    public async Task Is_never_approved_twice_and_done_once()
    {
        var id = await AskedAsync();
        await VoteAsync(id, Yes("tess"));
        await VoteAsync(id, Yes("omar"));

        Assert.Contains("already", Assert.IsType<ApprovalAnswer.Late>(await VoteAsync(id, Yes("ann"))).Why,
            StringComparison.Ordinal);
        await CallAsync();
        await CallAsync();

        Assert.Equal([140m], _shop.Refunds);
    }

    [Fact]
    public async Task Asks_for_no_second_amount_of_an_effect_that_waits()
    {
        await AskedAsync();

        Assert.Equal("once", Assert.IsType<ToolOutcome.Refused>(await CallAsync(130)).Denied.Clause);
    }

    [Fact]
    public async Task Lets_nobody_of_a_lower_role_decide()
    {
        var id = await AskedAsync();

        var answer = Assert.IsType<ApprovalAnswer.NotAllowed>(await VoteAsync(id, Yes("tess", "agent")));

        Assert.Contains("takes the role lead", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_caller_of_a_refusal_and_needs_a_reason_for_it()
    {
        var id = await AskedAsync();

        Assert.IsType<ApprovalAnswer.Late>(await VoteAsync(id, new("tess", "lead", false)));
        Assert.IsType<ApprovalAnswer.Taken>(await VoteAsync(id, new("tess", "lead", false, Why: "no proof")));

        Assert.Equal("approval:refused", Assert.IsType<ToolOutcome.Refused>(await CallAsync()).Denied.Clause);
        Assert.Equal("no proof", Assert.Single(_desk.Events().OfType<ConversationEvent.ApprovalRefused>()).Why);
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Expires()
    {
        var id = await AskedAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(5));

        Assert.IsType<ApprovalAnswer.Late>(await VoteAsync(id, Yes("tess")));
        await _desk.WorkAsync();

        Assert.Equal(id, Assert.Single(_desk.Events().OfType<ConversationEvent.ApprovalExpired>()).ApprovalId);
        Assert.Empty(_desk.State().OpenApprovals);
        Assert.Equal(ApprovalStatus.Expired, _desk.Database.Read(c => ApprovalRows.Find(c, id))!.Status);
        Assert.Equal("approval:expired", Assert.IsType<ToolOutcome.Refused>(await CallAsync()).Denied.Clause);
    }

    [Fact]
    public async Task Calls_with_what_a_person_changed_and_holds_that_against_policy_too()
    {
        var id = await AskedAsync();
        const string less = """{"order_id":"T-1001","amount":90,"currency":"EUR"}""";

        await VoteAsync(id, Yes("tess") with { Inputs = less }, 90);
        await VoteAsync(id, Yes("omar"));

        Assert.Equal(90m, Assert.IsType<ToolOutcome.Done>(await CallAsync()).Amount);
        Assert.Equal([90m], _shop.Refunds);
    }

    [Theory]
    [InlineData("""{"order_id":"T-1001","amount":499,"currency":"EUR"}""", "budget:amount", "may move 400.00")]
    [InlineData("""{"order_id":"T-1001","amount":210,"currency":"EUR"}""", "precondition:whole_at_most", "refund.share is 1.5")]
    [InlineData("""{"order_id":"T-1001","amount":-5,"currency":"EUR"}""", "input:amount", "input 'amount'")]
    [InlineData("""{"order_id":"T-1001","amount":90,"currency":"USD"}""", "currency", "the limits are in EUR")]
    [InlineData("""{"amount":90,"currency":"EUR"}""", "input:order_id", "input 'order_id'")]
    [InlineData("""{"order_id":"T-1001","amount":90,"amount":499,"currency":"EUR"}""", "input:inputs", "once")]
    public async Task Refuses_at_the_vote_what_a_person_changed_beyond_policy(string inputs, string clause, string why)
    {
        var id = await AskedAsync();

        var answer = Assert.IsType<ApprovalAnswer.Forbidden>(
            await VoteAsync(id, Yes("tess") with { Inputs = inputs }, 499));

        Assert.Contains(why, answer.Why, StringComparison.Ordinal);
        var open = _desk.Database.Read(c => ApprovalRows.Find(c, id))!;
        Assert.Equal((ApprovalStatus.Open, 140m, 0), (open.Status, open.Amount, open.Yes.Count));
        var denied = Assert.Single(_desk.Events().OfType<ConversationEvent.ApprovalChangeDenied>());
        Assert.Equal(("tess", clause, id), (denied.By, denied.Clause, denied.ApprovalId));
        Assert.Empty(_desk.Events().OfType<ConversationEvent.ToolDenied>());
        Assert.Empty(_desk.Events().OfType<ConversationEvent.ApprovalGiven>());
        Assert.Equal([id], _desk.State().OpenApprovals);
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Lets_a_change_wait_that_cannot_be_checked_while_the_shop_is_down()
    {
        var id = await AskedAsync();
        _shop.IsDown = true;

        var answer = Assert.IsType<ApprovalAnswer.Late>(await VoteAsync(
            id, Yes("tess") with { Inputs = """{"order_id":"T-1001","amount":90,"currency":"EUR"}""" }, 90));

        Assert.Contains("cannot be checked now", answer.Why, StringComparison.Ordinal);
        Assert.Empty(_desk.Events().OfType<ConversationEvent.ApprovalChangeDenied>());
    }

    /// <summary>The second of four eyes may press a button, which has no page that tells what is wrong.</summary>
    [Fact]
    public async Task Holds_a_change_against_policy_again_when_the_second_person_agrees_to_it()
    {
        var id = await AskedAsync();
        await VoteAsync(id, Yes("tess") with { Inputs = """{"order_id":"T-1001","amount":90,"currency":"EUR"}""" }, 90);
        _shop.Order = _shop.Order.Replace("140", "50", StringComparison.Ordinal);

        Assert.IsType<ApprovalAnswer.Forbidden>(await VoteAsync(id, Yes("omar")));

        Assert.Contains(_desk.Database.Read(c => Notices.Open(c, 10)),
            n => n.Notice.Title.StartsWith("Not decided: issue_refund", StringComparison.Ordinal));
        Assert.Equal(ApprovalStatus.Open, _desk.Database.Read(c => ApprovalRows.Find(c, id))!.Status);
        await VoteAsync(id, new("omar", "lead", false, Why: "it is worth less"));
        Assert.DoesNotContain(_desk.Database.Read(c => Notices.Open(c, 10)),
            n => n.Notice.Group.StartsWith("approval", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_what_the_shop_forbids_after_the_vote_against_nobody()
    {
        var id = await AskedAsync();
        await VoteAsync(id, Yes("tess") with { Inputs = """{"order_id":"T-1001","amount":90,"currency":"EUR"}""" }, 90);
        await VoteAsync(id, Yes("omar"));
        _shop.Order = _shop.Order.Replace("140", "50", StringComparison.Ordinal);

        Assert.StartsWith("approval:precondition", Assert.IsType<ToolOutcome.Refused>(await CallAsync()).Denied.Clause,
            StringComparison.Ordinal);
        Assert.Empty(_desk.Events().OfType<ConversationEvent.ToolDenied>());
        Assert.Empty(_shop.Refunds);
    }
}
