using Baton.Evaluation.Sequential;

namespace Baton.Tests.Evaluation.Sequential;

/// <summary>Held against published values.</summary>
public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-2.326347874040841, 0.01)]
    [InlineData(-8, 6.220960574271785e-16)]
    public void Knows_the_normal_distribution(double z, double chance)
    {
        Assert.Equal(chance, Normal.Below(z), 12);
        if (z > -5) Assert.Equal(z, Normal.Quantile(chance), 9);
    }

    [Theory]
    [InlineData(0.90, 0.88, 3_839)]
    [InlineData(0.62, 0.60, 9_333)]
    [InlineData(0.85, 0.80, 903)]
    public void Sizes_two_shares_as_published(double one, double other, int tickets) =>
        Assert.Equal(tickets, SampleSize.OfShares(one, other));

    [Theory]
    [InlineData(0.9, 0.02, 2_783)]
    [InlineData(0.62, 0.02, 7_284)]
    [InlineData(0.9, 0.01, 11_129)]
    public void Sizes_a_comparison_that_must_not_be_worse_as_published(double share, double margin, int tickets) =>
        Assert.Equal(tickets, SampleSize.OfNonInferiority(share, margin));

    [Theory]
    [InlineData(0.05, 0.03, 1_568)]
    [InlineData(0.06, 0.05, 8_632)]
    public void Sizes_pairs_as_published(double better, double worse, int pairs) =>
        Assert.Equal(pairs, SampleSize.OfPairs(better, worse));

    /// <summary>Half a standard deviation takes 63 an arm (Cohen 1988, table 2.4.1 with two tails: 64 by t).</summary>
    [Fact]
    public void Sizes_two_means_as_published() => Assert.Equal(63, SampleSize.OfMeans(0.5));
}
