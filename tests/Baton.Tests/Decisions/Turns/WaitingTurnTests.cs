using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions;
using Baton.Decisions.Stages;
using Baton.Decisions.Turns;
using Baton.Testing.Agents;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Tests.Decisions.Turns;

/// <summary>A turn that needs an approval ends undecided, and goes on where it was.</summary>
public sealed class WaitingTurnTests : IAsyncDisposable
{
    private readonly RefundShop _shop = new()
    {
        Order = """
            {"id":"T-1001","status":"delivered","total":140,"delivered_on":"2026-11-20","customer_email":"robin@example.com"}
            """,
    };

    private readonly RefundStage _stage = new();
    private readonly Desk _desk;

    public WaitingTurnTests()
    {
        _desk = new Desk(
            DeskPlaybook.Files().With("tools/issue_refund.yaml", RefundTool.Yaml).With("agents.yaml", RefundTool.Agents),
            all =>
            [
                .. all.TakeWhile(s => s is not ResolveStage), _stage, .. all.SkipWhile(s => s is not ResolveStage),
            ]);
        _stage.Runner = _desk.Get<ToolRunner>;
        _desk.Shop.Handle = _shop.AnswerAsync;
        _desk.Clock.Advance(RefundTool.Now - _desk.Clock.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task<string> WaitingAsync()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await _desk.WorkAsync();
        return Assert.Single(_desk.State().OpenApprovals);
    }

    private Task VoteAsync(string id, string by, bool approves = true) => _desk.Get<ApprovalDesk>().DecideAsync(
        id, new ApprovalVote(by, "lead", approves, Why: "no proof"), null, CancellationToken.None);

    [Fact]
    public async Task Ends_undecided_and_tells_the_customer_once()
    {
        await WaitingAsync();

        Assert.Equal(0, _desk.State().DecidedTurn);
        Assert.Contains("has to agree", Assert.Single(_desk.Said()), StringComparison.Ordinal);
        Assert.Equal("approval", Assert.Single(_desk.Events().OfType<ConversationEvent.Held>()).Why);
    }

    /// <summary>The customer writes between the request and its record: the turn starts over with both.</summary>
    [Fact]
    public async Task Tells_the_customer_also_when_the_ticket_changed_at_that_moment()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        _stage.Meanwhile = async () => await _desk.AddAsync("and please be quick");
        await _desk.WorkAsync();

        Assert.Single(_desk.State().OpenApprovals);
        Assert.Single(_desk.Events().OfType<ConversationEvent.ApprovalRequested>());
        Assert.Contains("has to agree", Assert.Single(_desk.Said()), StringComparison.Ordinal);
    }

    /// <summary>The approval is on the disk, and the process ends before the ledger has it.</summary>
    [Fact]
    public async Task Writes_the_request_down_when_the_process_died_before_it_had()
    {
        await _desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        _stage.Meanwhile = () => throw new OperationCanceledException("the process ends");
        var job = await _desk.LeaseAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _desk.Workers.Handlers[job!.Kind](job, CancellationToken.None));
        _desk.LetLeasesEnd();
        await _desk.WorkAsync();

        var id = Assert.Single(_desk.State().OpenApprovals);
        Assert.Single(_desk.Said());
        foreach (var by in (string[])["tess", "omar"]) await VoteAsync(id, by);
        await _desk.WorkAsync();
        Assert.Equal([140m], _shop.Refunds);
        Assert.Empty(_desk.State().OpenApprovals);
    }

    [Fact]
    public async Task Goes_on_where_it_was_when_people_have_approved()
    {
        var id = await WaitingAsync();
        var before = _desk.Events().OfType<ConversationEvent.StageCompleted>().Count(s => s.Stage == StageNames.Triage);
        await VoteAsync(id, "tess");
        await _desk.WorkAsync();
        Assert.Equal(0, _desk.State().DecidedTurn);

        await VoteAsync(id, "omar");
        await _desk.WorkAsync();

        Assert.Equal(1, _desk.State().DecidedTurn);
        Assert.Equal([140m], _shop.Refunds);
        Assert.Equal("R-1", Assert.IsType<ToolOutcome.Done>(_stage.Last).Reference);
        Assert.Equal(before, _desk.Events().OfType<ConversationEvent.StageCompleted>().Count(
            s => s.Stage == StageNames.Triage));
        Assert.Equal(2, _desk.Said().Count);
    }

    [Fact]
    public async Task Goes_on_when_people_have_refused_or_nobody_has_decided()
    {
        var id = await WaitingAsync();
        await VoteAsync(id, "tess", approves: false);
        await _desk.WorkAsync();

        Assert.Equal("approval:refused", Assert.IsType<ToolOutcome.Refused>(_stage.Last).Denied.Clause);
        Assert.Equal(1, _desk.State().DecidedTurn);
        Assert.Empty(_shop.Refunds);
    }

    [Fact]
    public async Task Withdraws_what_the_ticket_no_longer_needs()
    {
        var id = await WaitingAsync();
        _stage.Skips = true;
        await _desk.WriteAsync("never mind, " + DeskPlaybook.AsksForReturns);

        Assert.Equal(ApprovalStatus.Withdrawn, _desk.Database.Read(c => ApprovalRows.Find(c, id))!.Status);
        Assert.Empty(_desk.State().OpenApprovals);
        Assert.Empty(_shop.Refunds);
    }

    /// <summary>A stage that gives money back, as a workflow does.</summary>
    private sealed class RefundStage : Stage<RefundStage.Output>
    {
        public Func<ToolRunner>? Runner { get; set; }

        public ToolOutcome? Last { get; private set; }

        public bool Skips { get; set; }

        /// <summary>What happens once, between the call and its record.</summary>
        public Func<Task>? Meanwhile { get; set; }

        public override string Name => "refund";

        public override bool Applies(Turn turn) => !Skips;

        public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
        {
            var context = new ToolContext
            {
                Playbook = turn.Playbook, Identity = new Identity.Claimed("c-1", "robin@example.com"),
            };
            Last = await Runner!().CallAsync(
                RefundTool.Call(140) with { ConversationId = turn.Conversation.Id, Turn = turn.Number }, context,
                cancellationToken);
            if (Meanwhile is { } happens)
            {
                Meanwhile = null;
                await happens();
            }
            return Report(new Output((Last as ToolOutcome.Done)?.Reference), "rules") with
            {
                Facts = context.Facts, WaitsFor = (Last as ToolOutcome.Waiting)?.ApprovalId, IsPrecious = true,
            };
        }

        protected override StageDescription Describe(Output output) => new("");

        internal sealed record Output(string? Reference);
    }
}
