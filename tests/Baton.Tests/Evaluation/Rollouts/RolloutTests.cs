using System.Text;
using Baton.Conversations;
using Baton.Decisions;
using Baton.Evaluation.Rollouts;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Evaluation.Rollouts;

/// <summary>A candidate meets real tickets, in growing shares, while guards watch.</summary>
public sealed class RolloutTests
{
    private const int MostMet = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_candidate_is_rolled_back_by_itself_before_many_customers_met_it()
    {
        await using var desk = new Desk();
        // Nothing is ever sure enough: every ticket goes to a person.
        var candidate = await StartAsync(desk, Unsure(), new RolloutPlan
        {
            Ramp = [0.1, 0.5, 1], Hold = TimeSpan.FromHours(1), Guards = RolloutGuard.Default,
        });
        var store = desk.Get<RolloutStore>();

        var tickets = 0;
        while (store.Open() is not null && tickets < 1_000) await DecideAsync(desk, tickets++);

        var report = Report(desk);
        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Rollout.Why}; {report.Met} met it in {tickets} tickets");
        Assert.Equal(RolloutState.Halted, report.Rollout.State);
        Assert.InRange(report.Met, 1, MostMet);
        Assert.StartsWith("escalations: 100.0", report.Rollout.Why, StringComparison.Ordinal);
        Assert.Equal(["started", "halted"], Changes(desk));
        Assert.Contains(desk.Database.Read(c => Notices.Open(c, 9)), n => n.Notice.Group == $"rollout/{report.Rollout.Id}");
        // One that had the candidate has the version in force with its next turn, here and in every other process.
        var met = desk.Database.Read(c => c.First(
            "select conversation_id from rollout_tickets where candidate = 1 limit 1", row => row.Text(0)))!;
        var host = desk.Get<PlaybookHost>();
        Assert.Equal(host.Current.Version, host.For(met).Version);
        var other = await OtherProcessAsync(desk);
        Assert.Equal(host.Current.Version, other.For(met).Version);
        Assert.NotEqual(candidate, host.Current.Version);
        for (var i = 0; i < 50; i++) Assert.NotEqual(candidate, (await DecideAsync(desk, tickets++)).Playbook);
    }

    [Fact]
    public async Task A_good_candidate_comes_into_force_share_by_share()
    {
        await using var desk = new Desk();
        var candidate = await StartAsync(desk, Other(), new RolloutPlan
        {
            Ramp = [0.25, 0.5, 1], Hold = TimeSpan.FromHours(1), Least = 1, Guards = RolloutGuard.Default,
        });
        var (watch, store) = (desk.Get<RolloutWatch>(), desk.Get<RolloutStore>());

        var (tickets, shares) = (0, new List<double>());
        while (store.Open() is { } open && tickets < 200)
        {
            shares.Add(open.Share);
            for (var i = 0; i < 20; i++) await DecideAsync(desk, tickets++);
            await watch.FollowAsync(Token);
            Assert.Equal(open.Step, store.List(1)[0].Step);
            desk.Clock.Advance(TimeSpan.FromHours(1));
            await watch.FollowAsync(Token);
        }
        await desk.Get<PlaybookFollower>().FollowAsync(Token);

        Assert.Equal([0.25, 0.5, 1], shares);
        Assert.Equal(candidate, desk.Get<PlaybookVersions>().State()!.Active);
        Assert.Equal(candidate, desk.Get<PlaybookHost>().Current.Version);
        Assert.Equal("rollout", desk.Get<PlaybookVersions>().History(1)[0].How);
        Assert.Equal(["started", "grew", "grew", "completed"], Changes(desk));
        Assert.InRange(Report(desk).Met, 20, 60);
    }

    [Fact]
    public async Task What_people_correct_ends_it_and_a_ticket_keeps_its_arm()
    {
        await using var desk = new Desk();
        await StartAsync(desk, Other(), new RolloutPlan
        {
            Ramp = [0.5], Hold = TimeSpan.FromHours(1), Guards = [RolloutGuard.Read("overrides"), RolloutGuard.Read("csat")],
        });
        var store = desk.Get<RolloutStore>();
        for (var i = 0; i < 60; i++)
        {
            await DecideAsync(desk, i);
            await desk.AppendAsync(Id(i), new ConversationEvent.Rated(5, null));
        }
        var before = Report(desk);

        var first = desk.Database.Read(c => c.Query(
            "select conversation_id from rollout_tickets where candidate = 1 order by conversation_id", r => r.Text(0)));
        var corrected = 0;
        foreach (var ticket in first)
        {
            if (store.Open() is null) break;
            await desk.AppendAsync(ticket, new ConversationEvent.DecisionReviewed(1, "ann", Route.L1));
            corrected++;
        }

        Assert.Equal(RolloutState.Running, before.Rollout.State);
        Assert.Equal(0, before.Readings[0].Candidate.Value);
        Assert.Equal(before.Met, before.Readings[1].Candidate.N);
        Assert.Equal(RolloutState.Halted, store.List(1)[0].State);
        Assert.StartsWith("overrides", store.List(1)[0].Why, StringComparison.Ordinal);
        Assert.InRange(corrected, 6, 12);
    }

    [Fact]
    public async Task Is_paused_resumed_and_stopped_and_makes_way_for_another_version()
    {
        await using var desk = new Desk();
        var candidate = await StartAsync(desk, Other(), new RolloutPlan
        {
            Ramp = [0.999], Hold = TimeSpan.FromHours(1), Guards = RolloutGuard.Default,
        });
        var (store, watch, host) = (desk.Get<RolloutStore>(), desk.Get<RolloutWatch>(), desk.Get<PlaybookHost>());
        Assert.Equal(candidate, host.For("T-new").Version);
        Assert.Null(await store.StartAsync(candidate, "x", store.Open()!.Plan, "ann", "twice", Token));

        Assert.NotNull(await store.ChangeAsync(store.Open()!.Id, RolloutState.Paused, "ann", "look first", Token));
        Assert.NotEqual(candidate, host.For("T-new").Version);
        Assert.NotNull(await store.ChangeAsync(store.Open()!.Id, RolloutState.Running, "ann", "looks well", Token));
        Assert.Equal(candidate, host.For("T-new").Version);

        await desk.Get<PlaybookVersions>().ActivateAsync(candidate, "person", "ann", "now", Token);
        await watch.FollowAsync(Token);

        Assert.Equal(("another version came into force", RolloutState.Stopped),
            (store.List(1)[0].Why, store.List(1)[0].State));
        Assert.Null(await store.ChangeAsync(store.List(1)[0].Id, RolloutState.Stopped, "ann", "again", Token));
        Assert.Equal(["started", "paused", "resumed", "stopped"], Changes(desk));
    }

    [Theory]
    [InlineData("cost=1.25", "cost=1.25")]
    [InlineData("csat", "csat=1")]
    [InlineData("escalation_band=0.15..0.35", "escalation_band=0.15..0.35")]
    public void Reads_guards(string text, string read) => Assert.Equal(read, RolloutGuard.Read(text).Text);

    [Theory]
    [InlineData("costs", "'costs' is no guard")]
    [InlineData("cost=0.5", "write how many times")]
    [InlineData("cost=NaN", "write how many times")]
    [InlineData("escalation_band", "write two shares")]
    [InlineData("escalation_band=0.4..0.2", "write two shares")]
    public void Says_what_is_wrong_with_a_guard(string text, string problem) =>
        Assert.Contains(
            problem, Assert.Throws<FormatException>(() => RolloutGuard.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_fixed_comparison_is_looked_at_once_and_a_sequential_one_at_any_time()
    {
        static List<ArmFigures> Arms(long n, long candidate, long control) =>
        [
            new(0.5, true, n, candidate, 0, 0, 0, 0, 0, default, default),
            new(0.5, false, n, control, 0, 0, 0, 0, 0, default, default),
        ];
        var fixedPlan = new ArmComparison(RolloutGuard.Escalations, Sequential: false, 0.05, 903);
        var sequential = fixedPlan with { Sequential = true };

        Assert.Equal("undecided", ArmVerdict.Of(fixedPlan, Arms(902, 200, 400)).Word);
        Assert.Equal("better", ArmVerdict.Of(fixedPlan, Arms(903, 135, 181)).Word);
        Assert.Equal("no_difference", ArmVerdict.Of(fixedPlan, Arms(903, 170, 181)).Word);
        Assert.Equal("better", ArmVerdict.Of(sequential, Arms(200, 20, 80)).Word);
        Assert.Equal("worse", ArmVerdict.Of(sequential, Arms(200, 80, 20)).Word);
        Assert.Equal("undecided", ArmVerdict.Of(sequential, Arms(200, 40, 44)).Word);
        // 30 of 100 against 20 of 100, pooled: z = 1.633 (Fleiss, Levin and Paik 2003, by hand).
        Assert.Equal(1.633, ArmVerdict.TwoShares(30, 100, 20, 100), 3);
    }

    private static async Task<string> StartAsync(Desk desk, PlaybookFiles files, RolloutPlan plan)
    {
        await desk.Get<PlaybookFollower>().FollowAsync(Token);
        var versions = desk.Get<PlaybookVersions>();
        var held = Assert.IsType<LoadedPlaybook.Valid>(files.Load());
        await versions.KeepAsync(held, Token);
        Assert.NotNull(await desk.Get<RolloutStore>().StartAsync(
            held.Playbook.Version, versions.State()!.Active, plan, "ann", "try it", Token));
        await desk.Get<RolloutWatch>().FollowAsync(Token);
        return held.Playbook.Version;
    }

    private static PlaybookFiles Unsure() =>
        DeskPlaybook.Files().Replace("playbook.yaml", "decision_confidence: 0.05", "decision_confidence: 1");

    private static PlaybookFiles Other() =>
        DeskPlaybook.Files().Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.06");

    private static string Id(int ticket) => $"R-{ticket:000}";

    private static Task<Decision> DecideAsync(Desk desk, int ticket) =>
        desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, Id(ticket)));

    private static RolloutReport Report(Desk desk)
    {
        var rollout = desk.Get<RolloutStore>().List(1)[0];
        return new RolloutReport(rollout, desk.Get<RolloutStore>().Arms(rollout.Id));
    }

    private static IReadOnlyList<string> Changes(Desk desk) =>
    [
        .. desk.Database.Read(c => Ledger.Read(c, "operations/rollout")).Select(e =>
            System.Text.Json.Nodes.JsonNode.Parse(Encoding.UTF8.GetString(e.Data.Span))!["what"]!.GetValue<string>()),
    ];

    private static async Task<PlaybookHost> OtherProcessAsync(Desk desk)
    {
        var host = new PlaybookHost(
            new PlaybookOptions { Directory = desk.Playbook }, desk.Clock, NullLogger<PlaybookHost>.Instance);
        await new RolloutWatch(desk.Database, desk.Get<RolloutStore>(), desk.Get<PlaybookVersions>(), host,
            desk.Get<LocalModelCache>(), NullLogger<RolloutWatch>.Instance).FollowAsync(Token);
        return host;
    }
}
