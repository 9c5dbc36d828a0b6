using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Evaluation.Shadows;
using Baton.Gateway.Money;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Workflows;

namespace Baton.Tests.Evaluation.Shadows;

/// <summary>A candidate that decides beside the playbook in force, and whose decisions nobody gets.</summary>
public sealed class ShadowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decides_the_same_messages_and_leaves_no_trace_of_it_in_the_tickets()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan());
        for (var i = 0; i < 4; i++) await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
        var (events, calls, said) = (desk.Count("events"), desk.Shop.Calls, desk.Said("T-0"));

        await WorkAsync(desk);

        var report = Report(desk);
        Assert.Equal(4, report.Pairs.Count);
        Assert.All(report.Pairs, pair =>
            Assert.True(pair is { Real.Answered: true, Own: { Person: true, Answered: false } }));
        Assert.Equal(new PairTable(0, 0, 4, 0), report.Tables.Single(t => t.Stage == "escalation").Table);
        Assert.Equal(4, report.Tables.Single(t => t.Stage == "triage").Table.Both);
        Assert.Equal(0, report.WithProduction.Value);
        Assert.Equal("undecided", report.Verdict.Word);
        Assert.Equal((events, calls), (desk.Count("events"), desk.Shop.Calls));
        Assert.Equal(said, desk.Said("T-0"));
        Assert.Equal(OutcomeKind.Replied, desk.Latest("T-0").Outcome);
    }

    [Fact]
    public async Task What_was_read_for_the_same_intent_is_shared()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan(), DeskPlaybook.Files()
            .Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.06"));
        await desk.DecideAsync(Desk.Ticket($"{DeskPlaybook.AsksForOrder} T-1234"));
        var calls = desk.Shop.Calls;

        await WorkAsync(desk);

        var pair = Assert.Single(Report(desk).Pairs);
        Assert.True(pair is { Real.Answered: true, Own.Answered: true });
        Assert.Equal((calls, 1), (desk.Shop.Calls, calls));
    }

    [Fact]
    public async Task Agrees_with_people_by_a_bar_and_counts_what_each_side_missed()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan());
        for (var i = 0; i < 40; i++) await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
        await WorkAsync(desk);
        for (var i = 0; i < 40; i++)
            await desk.AppendAsync($"T-{i}", i < 2 ? new ConversationEvent.HandoffJudged("ann", PersonNeeded.Yes)
                : new ConversationEvent.HandoffJudged("ann", PersonNeeded.No));

        var report = Report(desk);

        Assert.Equal((40, 2, 0), (report.WithPeople.N, report.Catches, report.Misses));
        Assert.Equal((0.05, 0.95), (report.WithPeople.Value, report.ProductionWithPeople.Value));
        Assert.Equal("fail", report.Verdict.Word);
        Assert.Equal("fail", report.ToJson()["verdict"]!.GetValue<string>());
        Assert.Equal("pass", (report with
        {
            Pairs = [.. report.Pairs.Select(p => p with { Own = p.Own with { Person = p.Needed == true } })],
        }).Verdict.Word);
    }

    [Fact]
    public async Task Beside_a_helpdesk_nobody_is_answered_until_it_ends_with_a_verdict()
    {
        await using var desk = new Desk();
        var until = desk.Clock.GetUtcNow().AddDays(14);
        await StartAsync(desk, new ShadowPlan { Only = true, Until = until, OldRules = "escalate" }, DeskPlaybook.Files());

        var silent = await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-1") with
        {
            Fields = new Dictionary<string, string> { ["escalate"] = "no" },
        });
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));
        await WorkAsync(desk);
        var pairs = Report(desk).Pairs.OrderBy(p => p.Ticket, StringComparer.Ordinal).ToList();
        desk.Clock.Advance(TimeSpan.FromDays(14));
        await desk.Get<ShadowWatch>().FollowAsync(Token);
        var answered = await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-3"));

        Assert.Equal(OutcomeKind.Silent, silent.Outcome);
        Assert.Empty(desk.Said("T-1"));
        Assert.Equal([false, true], pairs.Select(p => p.Real.Person));
        Assert.All(pairs, p => Assert.True(p.Own.Answered));
        Assert.Equal((ShadowState.Ended, OutcomeKind.Replied), (Report(desk).Shadow.State, answered.Outcome));
        Assert.Contains(desk.Database.Read(c => Notices.Open(c, 9)),
            n => n.Notice.Title == "The shadow has ended: undecided");
        Assert.Equal(2, desk.Database.Read(c => Ledger.Read(c, "operations/shadow")).Count);
    }

    [Fact]
    public async Task Makes_way_for_customers_money_and_the_kill_switch_and_counts_what_it_let_go()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan { BudgetUsd = 0 });
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-1"));
        await WorkAsync(desk);
        for (var i = 0; i < 30; i++) await desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"W-{i}"));
        await desk.Database.WriteAsync(t => desk.Get<ShadowWatch>().Follow(
            t, desk.State("T-1"), [MadeOf(desk)], desk.Clock.GetUtcNow()));
        await WorkAsync(desk);
        await desk.KillSwitch.SetAsync(true, "ann", "test", Token);
        await desk.Database.WriteAsync(t => desk.Get<ShadowWatch>().Follow(
            t, desk.State("T-1"), [MadeOf(desk)], desk.Clock.GetUtcNow()));
        await WorkAsync(desk);

        var report = Report(desk);
        Assert.Empty(report.Pairs);
        Assert.Equal(["budget", "load", "stopped"], report.Drops.Keys);
    }

    [Fact]
    public async Task What_people_say_before_the_shadow_has_decided_counts_and_for_the_turn_they_mean()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan());
        for (var i = 0; i < 3; i++) await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
        await desk.AppendAsync("T-0", new ConversationEvent.HandoffJudged("ann", PersonNeeded.Yes));
        await desk.AppendAsync("T-1", new ConversationEvent.DecisionReviewed(1, "ann", Route.Auto));
        await desk.AppendAsync("T-1", new ConversationEvent.DecisionReviewed(1, "bob", Route.L1));

        await WorkAsync(desk);

        Assert.Equal([true, true, null],
            Report(desk).Pairs.OrderBy(p => p.Ticket, StringComparer.Ordinal).Select(p => p.Needed));
    }

    [Fact]
    public async Task What_runs_that_failed_have_cost_counts_against_the_day()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan { BudgetUsd = 0.001 });
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        // A run that broke off after it had paid leaves a receipt and no pair.
        await desk.Database.WriteAsync(t => t.Execute(
            "insert into spending (scope, subject, period, cost) values ('shadow', '', $1, 2000000)",
            ShadowAccount.Day(desk.Clock.GetUtcNow()).Period));

        await WorkAsync(desk);

        Assert.Equal((0, "budget"), (Report(desk).Pairs.Count, Report(desk).Drops.Keys.Single()));
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));
        await WorkAsync(desk);
        Assert.Single(Report(desk).Pairs);
    }

    [Fact]
    public async Task Is_ended_only_by_who_means_it()
    {
        await using var desk = new Desk();
        await StartAsync(desk, new ShadowPlan());
        var store = desk.Get<ShadowStore>();
        var first = store.Running()!;
        Assert.NotNull(await store.EndAsync(first.Id, ShadowState.Stopped, "ann", "seen", Token));
        Assert.NotNull(await store.StartAsync(first.Candidate, first.Plan, "ann", "again", Token));

        Assert.Null(await store.EndAsync(first.Id, ShadowState.Stopped, "bob", "an old page", Token));
        Assert.NotNull(store.Running());
    }

    [Fact]
    public async Task An_effect_is_walked_dry_and_never_had()
    {
        await using var refunds = new RefundDesk();
        await StartAsync(refunds.Desk, new ShadowPlan { Only = true }, RefundDesk.Files());
        await refunds.DecideAsync(RefundDesk.Small);

        await WorkAsync(refunds.Desk);

        Assert.True(Assert.Single(Report(refunds.Desk).Pairs).Own.Answered);
        Assert.Equal((0, 0L), (refunds.Effects, refunds.Desk.Count("tool_effects")));
    }

    private static ConversationEvent.DecisionMade MadeOf(Desk desk) =>
        desk.Events("T-1").OfType<ConversationEvent.DecisionMade>().Single();

    private static async Task StartAsync(Desk desk, ShadowPlan plan, PlaybookFiles? files = null)
    {
        await desk.Get<PlaybookFollower>().FollowAsync(Token);
        files ??= DeskPlaybook.Files().Replace("playbook.yaml", "decision_confidence: 0.05", "decision_confidence: 1");
        var held = Assert.IsType<LoadedPlaybook.Valid>(files.Load());
        await desk.Get<PlaybookVersions>().KeepAsync(held, Token);
        Assert.NotNull(await desk.Get<ShadowStore>().StartAsync(held.Playbook.Version, plan, "ann", "try it", Token));
    }

    /// <summary>The answers have left by now.</summary>
    private static async Task WorkAsync(Desk desk)
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(3));
        var watch = desk.Get<ShadowWatch>();
        while (await desk.Database.WriteAsync(t => watch.Jobs.Lease(t, "desk", 1)) is [var job])
        {
            await watch.HandleAsync(job, Token);
            if (!job.IsSettled) await desk.Database.WriteAsync(t => watch.Jobs.Complete(t, job));
        }
    }

    private static ShadowReport Report(Desk desk)
    {
        var store = desk.Get<ShadowStore>();
        var shadow = store.List(1)[0];
        return new ShadowReport(shadow, store.Pairs(shadow.Id), store.Drops(shadow.Id));
    }
}
