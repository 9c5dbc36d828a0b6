using Baton.Evaluation.Rollouts;
using Baton.Operations;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Rollouts;

/// <summary>Which tickets take part with which share, where a ramp ends, and that a verdict is made once.</summary>
public sealed class RolloutDrawTests
{
    private static readonly RolloutPlan Ramp = new()
    {
        Ramp = [0.01, 0.999], Hold = TimeSpan.FromHours(1), Least = 0, Guards = [RolloutGuard.Read("csat")],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_that_waits_over_a_step_keeps_its_arm_and_the_share_it_was_drawn_with()
    {
        await using var desk = new Desk();
        await desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-before"));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var rollout = await StartAsync(desk, Ramp);
        var (watch, store) = (desk.Get<RolloutWatch>(), desk.Get<RolloutStore>());
        var waits = Enumerable.Range(0, 99).Select(i => $"T-{i}")
            .First(id => Share.Of(id, rollout.Candidate) is > 0.01 and < 0.9);
        await desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, waits));

        desk.Clock.Advance(TimeSpan.FromHours(2));
        await watch.FollowAsync(Token);
        var late = Enumerable.Range(100, 99).Select(i => $"T-{i}").First(id => Share.Of(id, rollout.Candidate) < 0.9);
        await desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, late));
        await desk.WorkAsync();

        Assert.Equal(0.999, store.Open()!.Share);
        Assert.Equal([rollout.Control, rollout.Control, rollout.Candidate],
            new[] { "T-before", waits, late }.Select(id => desk.Latest(id).Playbook));
        Assert.Equal([(waits, 0.01, false), (late, 0.999, true)], desk.Database.Read(c => c.Query(
            "select conversation_id, share, candidate from rollout_tickets order by share",
            row => (row.Text(0), row.Double(1), row.Bool(2)))));
    }

    [Fact]
    public async Task A_ticket_that_comes_in_a_pause_takes_no_part()
    {
        await using var desk = new Desk();
        var rollout = await StartAsync(desk, Ramp with { Ramp = [0.999] });
        var store = desk.Get<RolloutStore>();
        Assert.NotNull(await store.ChangeAsync(rollout.Id, RolloutState.Paused, "ann", "look", Token));
        await desk.SubmitAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await store.ChangeAsync(rollout.Id, RolloutState.Running, "ann", "well", Token));

        await desk.WorkAsync();

        Assert.Equal((rollout.Control, 0L), (desk.Latest("T-1").Playbook, desk.Count("rollout_tickets")));
    }

    [Fact]
    public async Task A_ramp_that_ends_below_all_tickets_stays_there_without_writing()
    {
        await using var desk = new Desk();
        await StartAsync(desk, Ramp with { Ramp = [0.01] });
        var store = desk.Get<RolloutStore>();
        desk.Clock.Advance(TimeSpan.FromDays(3));

        Assert.False(store.IsDue(store.Open()!));
        Assert.Equal([0.01], store.Open()!.Shares.Select(s => s.Share));
    }

    [Fact]
    public async Task An_old_page_changes_no_other_roll_out()
    {
        await using var desk = new Desk();
        var first = await StartAsync(desk, Ramp);
        var store = desk.Get<RolloutStore>();
        Assert.NotNull(await store.ChangeAsync(first.Id, RolloutState.Stopped, "ann", "seen", Token));
        Assert.NotNull(await store.StartAsync(first.Candidate, first.Control, Ramp, "ann", "again", Token));

        Assert.Null(await store.ChangeAsync(first.Id, RolloutState.Paused, "bob", "an old page", Token));
        Assert.Equal(RolloutState.Running, store.Open()!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comparison_has_its_verdict_once(bool sequential)
    {
        await using var desk = new Desk();
        var rollout = await StartAsync(desk, Ramp with
        {
            Ramp = [0.5], Comparison = new ArmComparison(RolloutGuard.Escalations, sequential, 0.05, 40),
        });
        var (watch, store) = (desk.Get<RolloutWatch>(), desk.Get<RolloutStore>());
        await PutAsync(desk, rollout.Id, 0, 39, candidate => candidate ? 0 : 1);
        await watch.FollowAsync(Token);
        var before = Report(store).Verdict!;
        await PutAsync(desk, rollout.Id, 39, 41, candidate => candidate ? 0 : 1);
        var unkept = Report(store).Verdict!;
        await watch.FollowAsync(Token);
        var made = Report(store).Verdict!;

        // What comes afterwards would say the opposite.
        await PutAsync(desk, rollout.Id, 41, 400, candidate => candidate ? 1 : 0);
        await watch.FollowAsync(Token);

        Assert.Equal(sequential ? "better" : "undecided", before.Word);
        if (!sequential) Assert.StartsWith("not enough data: 39 and 39 of 40", before.Why, StringComparison.Ordinal);
        Assert.Equal(sequential ? "better" : "undecided", unkept.Word);
        Assert.Equal("better", made.Word);
        Assert.Equal(made, Report(store).Verdict);
    }

    private static RolloutReport Report(RolloutStore store) => new(store.List(1)[0], store.Arms(store.List(1)[0].Id));

    /// <summary>A ticket in each arm for each number.</summary>
    private static Task PutAsync(Desk desk, string rollout, int from, int to, Func<bool, long> escalated) =>
        desk.Database.WriteAsync(t =>
        {
            for (var i = from; i < to; i++)
                foreach (var own in (bool[])[true, false])
                    t.Execute(
                        """
                        insert into rollout_tickets (rollout_id, conversation_id, candidate, share, at_ms, turns, escalated,
                            overridden, wrong, denied, rated, unsatisfied, cost_usd, latency_ln)
                        values ($1, $2, $3, 0.5, 0, 1, $4, 0, 0, 0, 0, 0, 0, 0)
                        """, rollout, $"P-{i}-{own}", own, escalated(own));
        });

    private static async Task<Rollout> StartAsync(Desk desk, RolloutPlan plan)
    {
        await desk.Get<PlaybookFollower>().FollowAsync(Token);
        var versions = desk.Get<PlaybookVersions>();
        var held = Assert.IsType<LoadedPlaybook.Valid>(DeskPlaybook.Files()
            .Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.06").Load());
        await versions.KeepAsync(held, Token);
        Assert.NotNull(await desk.Get<RolloutStore>().StartAsync(
            held.Playbook.Version, versions.State()!.Active, plan, "ann", "try it", Token));
        await desk.Get<RolloutWatch>().FollowAsync(Token);
        return desk.Get<RolloutStore>().Open()!;
    }
}
