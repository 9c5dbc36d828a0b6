using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Decisions.Replaying;
using Baton.Evaluation.Replaying;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Replaying;

/// <summary>
/// Decisions of a ledger under another playbook: which routes change, by which rule, and what that costs.
/// </summary>
public sealed class DecisionReplayTests
{
    private const string Urgent = "please change the size in my order, this is urgent, today, immediately!!!";

    [Fact]
    public async Task Tells_what_changes_by_rule_with_the_tickets_and_what_it_costs()
    {
        await using var desk = new Desk(local: new LocalOptions { Encoder = EncoderChoice.None });
        await desk.Get<PlaybookVersions>().KeepAsync(
            desk.Get<PlaybookHost>().Folder, TestContext.Current.CancellationToken);
        foreach (var id in (string[])["T-1", "T-2", "T-3"]) await desk.DecideAsync(Desk.Ticket(Urgent, id));
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-4"));
        // People worked on one where it was; a second message waits with them, and policy has no word in that.
        await desk.AppendAsync("T-1", new ConversationEvent.AgentReplied("T-1/9", "omar", "Done."));
        await desk.WriteAsync("one more thing", "T-2");
        await desk.AppendAsync("T-3", new ConversationEvent.HandoffJudged("omar", PersonNeeded.Yes));
        var tried = DeskPlaybook.Files().Replace(
            "escalation.yaml", "rules:\n", "rules:\n  - name: changes-first\n    when: intent == change_order\n    then: { route: l2, priority: urgent }\n")
            .Playbook();

        var same = await RunAsync(desk, desk.Get<PlaybookHost>().Current);
        var other = await RunAsync(desk, tried);

        Assert.Equal((5, 0, 0), (same.Decisions, same.Changed, same.Unknown.Count));
        Assert.Equal(new Dictionary<string, int> { ["with a person"] = 1 }, same.Kept);
        var change = Assert.Single(other.Changes);
        Assert.Equal(("changes-first", Route.L2), (change.By, change.To));
        Assert.Equal(["T-1", "T-2", "T-3"], change.Tickets);
        Assert.Equal(same.CostBefore, same.CostAfter, 6);
        // One of four was worked on in another queue: 240 / 4.
        Assert.Equal(60, other.CostAfter - other.CostBefore, 3);
        Assert.True(other.Difference.Low >= 0 && other.Difference.High > 60, $"{other.Difference}");
        Assert.Single(other.ToJson(1)["changes"]![0]!["tickets"]!.AsArray());
    }

    [Theory]
    [InlineData(true, null, 0.25, 0.75 * 21.40)]
    [InlineData(false, null, 0.25, 0.25 * 3.20)]
    [InlineData(true, "person", 0.25, 240)]
    [InlineData(false, "person", 0.25, 0)]
    [InlineData(true, "answer", 0.25, 0)]
    [InlineData(false, "answer", 0.25, 3.20)]
    public void Expects_costs_by_people_s_word_else_by_the_probability(
        bool answers, string? label, double probability, double cost)
    {
        var verdict = new ReplayedVerdict(
            answers ? Route.Auto : Route.L1, Priority.Normal, answers ? null : "l1", 0.9, "routing") { FromArticles = true };
        var turn = new RecordedTurn(
            new Conversation(), new ConversationEvent.DecisionMade(
                1, "", Route.L1, OutcomeKind.Escalated, 1, false, "", [], [], [], null, Priority.Normal, "l1", 0),
            default, null);

        var found = ReplayCost.Of(verdict, ReplayTruth.Of(turn, label), probability, new DecisionCosts());

        Assert.Equal(cost, found, 6);
    }

    private static async Task<ReplayReport> RunAsync(Desk desk, Playbook tried)
    {
        var models = LocalModels.Train(tried, null, Path.Combine(Path.GetTempPath(), "baton-models"));
        var replay = new DecisionReplay(
            desk.Database, desk.Get<PlaybookVersions>(), new TurnReplay(desk.Get<StageNeeds>(), tried, models), tried);
        var made = new List<ReplayedDecision>();
        await foreach (var decision in replay.RunAsync(
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue,
                TestContext.Current.CancellationToken)) made.Add(decision);
        return ReplayReport.Of(tried.Version, made);
    }
}
