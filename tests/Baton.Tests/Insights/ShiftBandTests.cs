using Baton.Insights;

namespace Baton.Tests.Insights;

public sealed class ShiftBandTests
{
    /// <summary>By hand: share 500.5/1001, neighbours 2·10/√(.25·100)=4 apart in units of √n, σ_z = 4/1.128.</summary>
    [Fact]
    public void Is_wider_by_as_much_as_the_days_spread_more_than_chance()
    {
        DayShare[] days = [.. Enumerable.Range(0, 10).Select(i => new DayShare(i, i % 2 == 0 ? 40 : 60, 100))];

        var band = ShiftBand.Expect(days, 100)!.Value;

        Assert.Equal((0, 1), (band.Low, band.High));
        Assert.Equal(10, band.Baseline);
    }

    [Fact]
    public void Is_three_standard_deviations_of_chance_for_even_days()
    {
        var band = ShiftBand.Expect([.. Enumerable.Range(0, 10).Select(i => new DayShare(i, 50, 100))], 100)!.Value;

        Assert.Equal(0.35, band.Low, 1e-9);
        Assert.Equal(0.65, band.High, 1e-9);
    }

    [Theory]
    [InlineData(6, 100)]
    [InlineData(10, 0)]
    public void Expects_nothing_of_too_few_days(int days, long of) =>
        Assert.Null(ShiftBand.Expect([.. Enumerable.Range(0, days).Select(i => new DayShare(i, 50, 100))], of));

    [Fact]
    public void Passes_over_days_without_decisions() =>
        Assert.Null(ShiftBand.Expect([.. Enumerable.Range(0, 20).Select(i => new DayShare(i, 0, 0))], 100));

    [Theory]
    [InlineData(200, 100, 0, 0.01)]
    [InlineData(200, 100, 0.25, 1)]
    public void Marks_few_days_of_chance_and_every_large_shift(int runs, int of, double shift, double atMost)
    {
        var random = new Random(1);
        var marked = 0;
        for (var run = 0; run < runs; run++)
        {
            var days = Enumerable.Range(0, ShiftBand.Window).Select(i => new DayShare(i, Draw(random, of, 0.3), of))
                .ToList();
            var today = new DayShare(ShiftBand.Window, Draw(random, of, 0.3 + shift), of);
            if (ShiftBand.Expect(days, of)!.Value.Excludes(today)) marked++;
        }

        Assert.InRange((double)marked / runs, shift == 0 ? 0 : 0.95, atMost);
    }

    private static long Draw(Random random, int of, double share) =>
        Enumerable.Range(0, of).Count(_ => random.NextDouble() < share);
}
