using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Conversations.Tallies;
using Baton.Evaluation.Production;
using Baton.Insights;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Production;

/// <summary>A share of real decisions is scored, and a fall of the scores is noticed.</summary>
public sealed class ScoringTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_decisions_once_by_what_people_did_and_by_what_answers_rest_on()
    {
        await using var desk = new Desk();
        var from = desk.Clock.GetUtcNow();
        foreach (var id in (string[])["T-good", "T-bad", "T-open", "T-needless"])
            await desk.DecideAsync(Desk.Ticket(id == "T-needless" ? "I want to talk to a human being" : DeskPlaybook.AsksForReturns, id));
        await desk.AppendAsync("T-good", new ConversationEvent.Rated(5, null));
        await desk.AppendAsync("T-bad", new ConversationEvent.Rated(1, null));
        await desk.AppendAsync("T-needless", new ConversationEvent.HandoffJudged("ann", PersonNeeded.No));
        var updated = desk.State("T-good").UpdatedAt;
        desk.Clock.Advance(TimeSpan.FromDays(1));
        var scoring = desk.Get<DecisionScoring>();
        var all = new ScoringPlan { Share = 1, ShareOfDoubtful = 1 };

        var scored = await scoring.RunAsync(from, desk.Clock.GetUtcNow(), all, Token);
        var again = await scoring.RunAsync(from, desk.Clock.GetUtcNow(), all, Token);

        Assert.Equal((4, 0), (scored, again));
        var period = InsightPeriod.Last(7, desk.Clock.GetUtcNow());
        var totals = desk.Database.Read(c => InsightReader.Totals(c, period));
        InsightCount Of(string figure) => totals.GetValueOrDefault(figure);
        Assert.Equal(new InsightCount(3, 1_000_000), Of(TallyFigure.Scored(LocalScores.Appropriateness)));
        Assert.Equal(new InsightCount(3, 3_000_000), Of(TallyFigure.ScoredWeight(LocalScores.Appropriateness)));
        Assert.Equal(new InsightCount(3, 3_000_000), Of(TallyFigure.ScoredSum(LocalScores.Faithfulness)));
        Assert.Equal(updated, desk.State("T-good").UpdatedAt);
    }

    [Fact]
    public async Task Draws_more_of_the_doubtful_and_weighs_them_less()
    {
        await using var desk = new Desk();
        var from = desk.Clock.GetUtcNow();
        for (var i = 0; i < 60; i++)
        {
            await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
            await desk.AppendAsync($"T-{i}", new ConversationEvent.Rated(i % 2 == 0 ? 1 : 5, null));
        }
        desk.Clock.Advance(TimeSpan.FromDays(1));

        await desk.Get<DecisionScoring>().RunAsync(
            from, desk.Clock.GetUtcNow(), new ScoringPlan { Share = 0.2, ShareOfDoubtful = 0.8 }, Token);

        var scores = Enumerable.Range(0, 60).SelectMany(i => desk.Events($"T-{i}").OfType<ConversationEvent.DecisionScored>())
            .Where(s => s.Criterion == LocalScores.Appropriateness).ToList();
        Assert.InRange(scores.Count(s => s.Weight == 1.25), 18, 30);
        Assert.InRange(scores.Count(s => s.Weight == 5), 1, 13);
        Assert.All(scores, s => Assert.Equal(s.Weight == 5 ? 1 : 0, s.Score));
        // Half of all were well: unweighed it would seem a fifth.
        Assert.InRange(scores.Sum(s => s.Score * s.Weight) / scores.Sum(s => s.Weight), 0.25, 0.75);
    }

    /// <summary>A year of weekly looks, after eight weeks to hold them against.</summary>
    [Theory]
    [InlineData(35, 0.90, 0, 0, 0.06)]
    [InlineData(140, 0.90, 0, 0, 0.06)]
    [InlineData(140, 0.95, 0, 0, 0.08)]
    [InlineData(35, 0.90, 0.20, 0.95, 1)]
    [InlineData(140, 0.90, 0.10, 0.95, 1)]
    public void Notices_a_fall_and_seldom_takes_nothing_for_one(
        int scores, double well, double fall, double least, double most)
    {
        var noticed = Enumerable.Range(0, 200)
            .Count(seed => FallDetector.Alarms(Year(seed, scores, well, fall)).Count > 0);

        output.WriteLine($"{scores} a week, {well:P0} less {fall:P0}: {noticed / 200.0:P1} of years with an alarm");
        Assert.InRange(noticed / 200.0, least, most);
    }

    private static List<ScoredWeek> Year(int seed, int scores, double well, double fall)
    {
        var random = new Random(seed);
        var monday = new DateOnly(2026, 1, 5);
        return
        [
            .. Enumerable.Range(0, FallDetector.Weeks + 52).Select(week => new ScoredWeek(
                monday.AddDays(7 * week), scores, Enumerable.Range(0, scores).Count(
                    _ => random.NextDouble() >= well - (week < FallDetector.Weeks ? 0 : fall)))),
        ];
    }
}
