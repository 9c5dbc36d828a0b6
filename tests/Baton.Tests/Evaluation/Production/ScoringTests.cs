using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Evaluation.Production;
using Baton.Insights;
using Baton.Operations;
using Baton.Storage.Events;
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

    [Fact]
    public async Task Reads_nothing_of_conversations_that_are_not_drawn()
    {
        await using var desk = new Desk();
        var (from, plan) = (desk.Clock.GetUtcNow(), new ScoringPlan { Share = 0.2, ShareOfDoubtful = 0.8 });
        var passed = 0;
        for (var i = 0; i < 30; i++)
        {
            await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, $"T-{i}"));
            if (Share.Of($"T-{i}/1", "scores") < plan.Share) continue;
            passed++;
            // Whoever loads it now fails.
            var version = desk.State($"T-{i}").Version;
            await desk.Database.WriteAsync(t => Ledger.Append(
                t, $"T-{i}", version, [new NewEvent("Unreadable", desk.Clock.GetUtcNow(), "{}"u8.ToArray())]));
        }
        desk.Clock.Advance(TimeSpan.FromDays(1));

        var scored = await desk.Get<DecisionScoring>().RunAsync(from, desk.Clock.GetUtcNow(), plan, Token);

        Assert.InRange(passed, 15, 29);
        Assert.Equal(30 - passed, scored);
    }

    /// <summary>
    /// Weeks of decisions of which some are doubtful, with shares of both that are well; drawn as a plan says.
    /// </summary>
    [Theory]
    [InlineData(700, 0.10, 0.60, 0.95)]
    [InlineData(700, 0.10, 0.95, 0.90)]
    [InlineData(3000, 0.05, 0.30, 0.97)]
    [InlineData(3000, 0.30, 0.70, 0.99)]
    [InlineData(300, 0.20, 0.50, 0.85)]
    public void Intervals_of_unequal_draws_hold_the_truth_as_often_as_they_say(
        int decisions, double doubtful, double wellOfDoubtful, double well)
    {
        var (plan, held, plain) = (new ScoringPlan(), 0, 0);
        var truth = doubtful * wellOfDoubtful + (1 - doubtful) * well;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var (share, unweighed) = Week(new Random(seed), decisions, doubtful, wellOfDoubtful, well, plan);
            if (share.Interval.Low <= truth && truth <= share.Interval.High) held++;
            if (unweighed.Low <= truth && truth <= unweighed.High) plain++;
        }

        output.WriteLine($"{decisions} decisions, {doubtful:P0} doubtful: {held / 2_000.0:P1} held, by unweighed counts {plain / 2_000.0:P1}");
        Assert.InRange(held / 2_000.0, 0.94, 1);
    }

    [Fact]
    public void Another_share_of_doubtful_ones_is_no_fall()
    {
        var alarms = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            List<ScoredWeek> weeks = [];
            for (var week = 0; week < FallDetector.Weeks + 52; week++)
            {
                // From the ninth week on all of the doubtful are drawn.
                var plan = new ScoringPlan { ShareOfDoubtful = week < FallDetector.Weeks ? 0.1 : 1 };
                weeks.Add(ScoredWeek.Of(new DateOnly(2026, 1, 5).AddDays(7 * week),
                    Week(random, 2_000, 0.10, 0.50, 0.95, plan).Share));
            }
            if (FallDetector.Alarms(weeks).Count > 0) alarms++;
        }

        output.WriteLine($"{alarms / 200.0:P1} of years with an alarm");
        Assert.InRange(alarms / 200.0, 0, 0.06);
    }

    private static (WeighedShare Share, Interval Unweighed) Week(
        Random random, int decisions, double doubtful, double wellOfDoubtful, double well, ScoringPlan plan)
    {
        var (n, good, weight, sum, squares, squareSum) = (0, 0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < decisions; i++)
        {
            var isDoubtful = random.NextDouble() < doubtful;
            var chance = isDoubtful ? plan.ShareOfDoubtful : plan.Share;
            if (random.NextDouble() >= chance) continue;
            var (w, isWell) = (1 / chance, random.NextDouble() < (isDoubtful ? wellOfDoubtful : well));
            (n, weight, squares) = (n + 1, weight + w, squares + w * w);
            if (isWell) (good, sum, squareSum) = (good + 1, sum + w, squareSum + w * w);
        }
        return (WeighedShare.Of(n, weight, sum, squares, squareSum), Interval.Wilson(good, n));
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
