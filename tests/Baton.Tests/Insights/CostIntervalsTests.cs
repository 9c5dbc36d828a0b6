using Baton.Insights.Board;

namespace Baton.Tests.Insights;

/// <summary>How sure the figures of money are.</summary>
public sealed class CostIntervalsTests
{
    [Fact]
    public void Hold_the_figure_and_get_narrower_with_more_tickets()
    {
        var (few, many) = (Of(20), Of(320));

        Assert.InRange(0.02, few.PerAnswer!.Value.Low, few.PerAnswer.Value.High);
        Assert.InRange(0.5, few.LostShare!.Value.Low, few.LostShare.Value.High);
        Assert.True(Width(many) < Width(few) / 2, $"{Width(many)} of {Width(few)}");
        Assert.Equal("20 tickets", few.Of);
    }

    [Fact]
    public void Are_the_same_each_time() => Assert.Equal(Of(20), Of(20));

    [Fact]
    public void Hold_the_truth_about_as_often_as_they_say()
    {
        var random = new Random(11);
        var held = Enumerable.Range(0, 200).Count(_ =>
        {
            var units = Enumerable.Range(0, 60).Select(_ => -Math.Log(1 - random.NextDouble()) * 20_000)
                .Select(micros => new CostUnit((long)micros, (long)micros, 1, 0, 1)).ToList();
            return CostIntervals.Between(units, "tickets").PerAnswer is { Low: <= 0.02, High: >= 0.02 };
        });

        // 95 % of 200; an exponential cost is skewed, so the percentile bootstrap falls a little short.
        Assert.InRange(held, 176, 199);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CostIntervals.Fewest - 1)]
    public void Are_none_where_there_is_too_little(int tickets) => Assert.Null(Of(tickets).PerAnswer);

    [Fact]
    public void Are_none_where_nothing_was_answered_or_spent()
    {
        var nothing = CostIntervals.Between([.. Enumerable.Repeat(new CostUnit(0, 0, 0, 0, 0), 50)], "days");

        Assert.Equal((null, null, null), (nothing.PerAnswer, nothing.PerResolved, nothing.LostShare));
    }

    [Theory]
    [InlineData(0.1, "below the healthy")]
    [InlineData(0.15, "inside the healthy")]
    [InlineData(0.3, "inside the healthy")]
    [InlineData(0.31, "above the healthy")]
    [InlineData(0.36, "above 35 %")]
    public void Escalation_has_a_healthy_band(double share, string says) =>
        Assert.StartsWith(says, HealthyBand.Words(share), StringComparison.Ordinal);

    /// <summary>Every other ticket is answered for 1 to 3 cents, the rest costs the same and goes to people.</summary>
    private static CostIntervals Of(int tickets) => CostIntervals.Between(
        [.. Enumerable.Range(0, tickets).Select(i => 10_000L * (1 + i / 2 % 3) is var micros && i % 2 == 0
            ? new CostUnit(micros, micros, 1, 0, 1) : new CostUnit(micros, 0, 0, micros, 0))], "tickets");

    private static double Width(CostIntervals intervals) =>
        intervals.PerAnswer!.Value.High - intervals.PerAnswer.Value.Low;
}
