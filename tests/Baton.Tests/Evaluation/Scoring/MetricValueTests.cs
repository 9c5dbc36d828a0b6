using Baton.Evaluation;
using Baton.Evaluation.Scoring;

namespace Baton.Tests.Evaluation.Scoring;

/// <summary>Intervals against published values, and how often they hold the truth.</summary>
public sealed class MetricValueTests
{
    [Fact]
    public void A_rate_has_wilsons_interval()
    {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 15 of 148.
        Assert.Equal((0.2553, 0.3662), Rounded(Of(MetricKind.Rate, Hits(81, 263)).Interval));
        Assert.Equal((0.0624, 0.1605), Rounded(Of(MetricKind.Rate, Hits(15, 148)).Interval));
        Assert.Equal((0.0000, 0.1611), Rounded(Of(MetricKind.Rate, Hits(0, 20)).Interval));
    }

    [Theory]
    [InlineData(20, 17, 21)]
    [InlineData(71, 63, 72)]
    [InlineData(72, 64, 72)]
    [InlineData(100, 90, 100)]
    [InlineData(1000, 936, 964)]
    public void A_percentile_lies_between_the_ranks_of_a_binomial_draw(int n, int low, int high)
    {
        var (found, above) = PercentileRanks.Of(n, 0.95);

        Assert.Equal((low, high), (found, above));
    }

    [Theory]
    [InlineData(MetricKind.Rate, 0.93)]
    [InlineData(MetricKind.Mean, 0.90)]
    [InlineData(MetricKind.P95, 0.93)]
    public void Intervals_hold_the_truth_about_as_often_as_they_say(MetricKind kind, double least)
    {
        const int Trials = 300, Tickets = 120;
        var random = new Random(7);
        // Exponential values: mean 1, 95th percentile ln 20.
        var truth = kind switch { MetricKind.Rate => 0.9, MetricKind.Mean => 1, _ => Math.Log(20) };
        var held = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var value = Of(kind, [.. Enumerable.Range(0, Tickets).Select(_ => (MetricScore?)new MetricScore(
                kind == MetricKind.Rate ? random.NextDouble() < truth ? 1 : 0 : -Math.Log(1 - random.NextDouble())))]);
            if (value.Interval.Low <= truth && truth <= value.Interval.High) held++;
        }

        Assert.InRange(held / (double)Trials, least, 1);
    }

    [Fact]
    public void Runs_of_one_ticket_count_once()
    {
        var value = MetricValue.Of(MetricKind.Rate, [[new(1), new(0)], [new(1), new(1)], [null, null], [new(0), null]]);

        Assert.Equal((3, 1), (value.N, value.Undefined));
        Assert.Equal(0.5, value.Value);
        Assert.Equal(Interval.Wilson(1.5, 3), value.Interval);
    }

    [Fact]
    public void Nothing_measured_is_no_number()
    {
        var value = Of(MetricKind.Mean, [null]);

        Assert.True(double.IsNaN(value.Value));
        Assert.Null(value.ToJson()["value"]);
    }

    [Fact]
    public void A_ratio_is_of_sums_and_not_of_ratios()
    {
        var value = Of(MetricKind.Mean, [new MetricScore(2, 1), new MetricScore(4, 0), new MetricScore(0, 1)]);

        Assert.Equal(3, value.Value);
    }

    private static MetricValue Of(MetricKind kind, IReadOnlyList<MetricScore?> scores) =>
        MetricValue.Of(kind, [.. scores.Select(s => (IReadOnlyList<MetricScore?>)[s])]);

    private static IReadOnlyList<MetricScore?> Hits(int hits, int of) =>
        [.. Enumerable.Range(0, of).Select(i => (MetricScore?)new MetricScore(i < hits ? 1 : 0))];

    private static (double, double) Rounded(Interval interval) =>
        (Math.Round(interval.Low, 4), Math.Round(interval.High, 4));
}
