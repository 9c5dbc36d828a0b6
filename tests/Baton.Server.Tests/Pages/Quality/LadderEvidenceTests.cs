using Baton.Conversations.Tallies;
using Baton.Evaluation.Ladder;
using Baton.Evaluation.Production;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Server.Pages.Quality.Shipping;
using Baton.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Quality;

/// <summary>What counts for a step on the ladder, and which weeks are held against the first ones.</summary>
public sealed class LadderEvidenceTests : IAsyncLifetime
{
    private const string Intent = "return_policy";

    private readonly ServerFixture _server = new();

    private int _facts;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Database Database => Get<Database>();

    private long Today => TicketTally.DayOf(Database.Clock.GetUtcNow());

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Answers_of_before_the_last_step_say_nothing_of_the_next_and_a_switch_stands_over_all()
    {
        var (rungs, playbook) = (Get<AutonomyRungs>(), Get<PlaybookHost>().Current);
        LadderLine Line() =>
            LadderDesk.Lines(Database, playbook, rungs, Get<KillSwitch>()).Single(l => l.Intent == Intent);
        await CountAsync(TallyFigure.Answered, Today - 3, 100);
        await CountAsync(TallyFigure.Overridden, Today - 3, 60);
        var taken = Line();

        await rungs.SetAsync(Intent, AutonomyRung.Auto, 1, "Ann", "the article was wrong, now it is right", Token);
        var fresh = Line();
        await SetSinceAsync(-5);
        var since = Line();
        await Get<KillSwitch>().SetAsync(true, KillScope.Intent, Intent, "cli:ops", "wrong dates", Token);
        var stopped = Line();
        using var lead = await _server.VisitorAsync(Token);
        var page = await lead.GetStringAsync("/quality/autonomy", Token);
        using var refused = await lead.PostFormAsync("/quality/autonomy", "/quality/autonomy",
            new() { ["intent"] = Intent, ["rung"] = "auto", ["share"] = "1" }, Token);
        using var lowered = await lead.PostFormAsync("/quality/autonomy", "/quality/autonomy",
            new() { ["intent"] = Intent, ["rung"] = "draft", ["share"] = "1" }, Token);

        Assert.Equal((new SentAnswers(100, 60), AutonomyRung.Draft), (taken.Answers, taken.Proposal!.Rung));
        Assert.Equal((default(SentAnswers), null), (fresh.Answers, fresh.Proposal));
        Assert.Equal(new SentAnswers(100, 60), since.Answers);
        Assert.Equal((AutonomyRung.Off, null, "cli:ops"), (stopped.Now, stopped.Proposal, stopped.Stopped!.By));
        Assert.Contains("stopped by cli:ops", page, StringComparison.Ordinal);
        Assert.Equal(409, (int)refused.StatusCode);
        Assert.Equal(AutonomyRung.Draft, Line().Set!.Rung);
        Assert.NotEqual(409, (int)lowered.StatusCode);
    }

    [Fact]
    public async Task A_week_is_held_against_the_first_ones_once_it_is_over()
    {
        // Nine weeks that are over, and one that is bad already and is not.
        var monday = Today - (Today + 3) % 7;
        for (var week = 10; week >= 2; week--) await ScoresAsync(monday - 7 * week, 200, 190);
        var isOver = Today - (monday - 7) >= 8;
        await ScoresAsync(monday - 7, 200, isOver ? 190 : 20);
        await ScoresAsync(monday, 200, 20);

        var trend = Assert.Single(ProductionTrend.All(Database), t => t.Name == LocalScores.Appropriateness);
        await ScoresAsync(monday - 21, 200, 0);
        var fallen = Assert.Single(ProductionTrend.All(Database), t => t.Name == LocalScores.Appropriateness);

        Assert.Equal(11, trend.Weeks.Count);
        Assert.False(trend.Weeks[^1].IsOver);
        Assert.Null(trend.FellIn);
        Assert.Equal(0.95, trend.Weeks[0].Share.Value, 6);
        Assert.InRange(trend.Weeks[0].Share.Interval.Low, 0.90, 0.93);
        // What is over and bad is an alarm of its week, and of no later one.
        Assert.Equal(0.475, fallen.Weeks[^4].Share.Value, 6);
    }

    private T Get<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    private Task SetSinceAsync(int days) => Database.WriteAsync(t => t.Execute(
        "update autonomy set changed_at = $1", SqlValue.Ms(Database.Clock.GetUtcNow().AddDays(days))));

    /// <summary>Scores of one draw in twenty, by their sums.</summary>
    private async Task ScoresAsync(long day, int n, int good)
    {
        const int weight = 20;
        var name = LocalScores.Appropriateness;
        await CountAsync(TallyFigure.Scored(name), day, n, good * 1_000_000L / n);
        await CountAsync(TallyFigure.ScoredSum(name), day, n, good * weight * 1_000_000L / n);
        await CountAsync(TallyFigure.ScoredWeight(name), day, n, weight * 1_000_000L);
        await CountAsync(TallyFigure.ScoredSquares(name), day, n, weight * weight * 1_000_000L);
        await CountAsync(TallyFigure.ScoredSquareSum(name), day, n, good * weight * weight * 1_000_000L / n);
    }

    private Task CountAsync(string figure, long day, int n, long amount = 0) => Database.WriteAsync(t =>
    {
        for (var i = 0; i < n; i++)
            t.Execute(
                """
                insert into insight_facts (conversation_id, version, place, figure, day, sign, amount, step, turn, route,
                    intent, folded)
                values ('E-1', $1, 0, $2, $3, 1, $4, 0, 1, 'auto', $5, 0)
                """, (long)++_facts, figure, day, amount, Intent);
    }, Token);
}
