using Baton.Conversations.Tallies;
using Baton.Incidents.Judging;
using Baton.Playbooks.Alerts;
using Baton.Testing.Series;

namespace Baton.Tests.Incidents;

/// <summary>What is usual, and how sure a rise is, over a made year; the whole of it is in <c>bench/</c>.</summary>
public sealed class AlertJudgeTests
{
    private const int Day = 24 * 60, Week = 7 * Day;

    private static readonly MadeYear Year = new(2_000, seed: 7);

    private static AlertRule Rule(string name) => AlertCatalog.All.Single(r => r.Name == name);

    [Theory]
    [InlineData("escalation_rate")]
    [InlineData("low_confidence")]
    [InlineData("overrides")]
    [InlineData("sla_breaches")]
    public void Is_hardly_ever_raised_over_weeks_of_nothing(string name)
    {
        var judge = new AlertJudge(Year.Source);
        // Each eleventh minute of ten weeks: other minutes are told by the bench.
        var minutes = Enumerable.Range(0, 10 * Week / 11).Select(i => MadeYear.Begin + (20L * Week) + (i * 11L));

        var alarms = minutes.Where(m => judge.Read(Rule(name), m).State == AlertState.Holds).ToList();

        // The bench says how seldom: what is raised stays so for a while, and counts once.
        Assert.InRange(alarms.Where((m, i) => i == 0 || m - alarms[i - 1] > 240).Count(), 0, 2);
    }

    [Fact]
    public void Sees_a_threefold_spike_within_minutes_at_noon()
    {
        var begin = MadeYear.Begin + (30L * Week) + Day + (12 * 60);
        var seen = Enumerable.Range(0, 9).Select(week => Delay(begin + ((long)week * Week))).Order().ToList();

        Assert.InRange(seen[4], 1, 12);
        Assert.InRange(seen[^1], 1, 60);
    }

    [Fact]
    public void Says_nothing_before_it_knows_what_is_usual()
    {
        var judge = new AlertJudge(Year.Source);

        Assert.Equal(AlertState.TooFew, judge.Read(Rule("escalation_rate"), MadeYear.Begin + Day).State);
        Assert.Equal(AlertState.Off, judge.Read(
            Rule("escalation_rate") with { Enabled = false }, MadeYear.Begin + Day).State);
        Assert.Equal(AlertState.TooFew, judge.Read(Rule("disk"), MadeYear.Begin + Day).State);
    }

    [Fact]
    public void One_bad_week_moves_nothing_that_is_usual()
    {
        var source = Year.Source;
        var hour = (MadeYear.Begin + (20L * Week) + Day + (12 * 60)) / 60;
        var before = new UsualHours(source).OfHour(TallyFigure.Ticket, hour)!.Value.Median;
        var bad = new UsualHours(source with
        {
            Hour = (series, at) => source.Hour(series, at) with
            {
                N = at == hour - UsualHours.Week ? 100_000 : source.Hour(series, at).N,
            },
        }).OfHour(TallyFigure.Ticket, hour)!.Value.Median;

        Assert.InRange(bad, before, before * 1.3);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0.5)]
    [InlineData(60, 100)]
    public void Evidence_of_a_count_is_Walds(long count, double expected) => Assert.Equal(
        Math.Log(Poisson(count, 3 * expected) / Poisson(count, expected)), Evidence.OfCount(count, expected, 3), 6);

    [Fact]
    public void A_latency_is_the_percentile_of_its_steps()
    {
        var source = Year.Source with
        {
            Latencies = (_, _) => new Dictionary<int, long> { [LatencyStep.Of(100)] = 94, [LatencyStep.Of(9_000)] = 6 },
        };

        var reading = new AlertJudge(source).Read(Rule("latency_p95"), MadeYear.Begin);

        Assert.Equal((AlertState.Holds, LatencyStep.UpperMs(LatencyStep.Of(9_000))), (reading.State, reading.Value));
    }

    private static int Delay(long begin)
    {
        Year.Spike = (TallyFigure.HandedOver, begin, begin + 120, 3);
        var judge = new AlertJudge(Year.Source);
        var seen = Enumerable.Range(0, 120).First(
            m => judge.Read(Rule("escalation_rate"), begin + m).State == AlertState.Holds);
        Year.Spike = null;
        return seen + 1;
    }

    private static double Poisson(long n, double mean) =>
        Math.Exp(-mean) * Enumerable.Range(1, (int)n).Aggregate(1.0, (p, i) => p * mean / i);
}
