using Baton.Evaluation.Sequential;

namespace Baton.Tests.Evaluation.Sequential;

/// <summary>
/// Looked at after every ticket, for as long as a roll-out lasts: how often nothing is taken for something, and how
/// soon something is found. Seeds are fixed; the figures are those of <c>docs/evaluation.md</c>.
/// </summary>
public sealed class EvidenceTests(ITestOutputHelper output)
{
    private const double Alpha = 0.05;

    /// <summary>Enough for a test; the page's figures are of 2,000.</summary>
    private const int Runs = 300;

    private static readonly double Bar = Math.Log(1 / Alpha);

    /// <summary>Shares as they follow in a ramp, with tickets for each.</summary>
    private static readonly (double Share, int Tickets)[] Ramp =
        [(0.01, 1_000), (0.05, 1_000), (0.25, 1_000), (0.5, 1_000)];

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.10)]
    public void Takes_nothing_for_more_events_in_at_most_alpha_of_all_ramps(double rate)
    {
        var alarms = Enumerable.Range(0, Runs).Count(seed => Ends(seed, rate, rate, Ramp) is not null);

        output.WriteLine($"rate {rate}: {alarms / (double)Runs:P2} false alarms over 4,000 tickets, each looked at");
        Assert.InRange(alarms / (double)Runs, 0, Alpha);
    }

    /// <summary>How many tickets the candidate has met until the end.</summary>
    [Theory]
    [InlineData(0.05, 0.50, 0.01, 20)]
    [InlineData(0.10, 0.50, 0.05, 30)]
    [InlineData(0.10, 0.30, 0.25, 150)]
    [InlineData(0.10, 0.20, 0.25, 450)]
    public void Finds_more_events_soon(double control, double candidate, double share, int most)
    {
        var met = Enumerable.Range(0, 200)
            .Select(seed => Ends(seed, candidate, control, [(share, 100_000)]) ?? int.MaxValue).Order().ToList();

        output.WriteLine($"{control:P0} to {candidate:P0} at {share:P0}: median {met[100]}, 95 % {met[190]}");
        Assert.InRange(met[190], 1, most);
    }

    [Fact]
    public void Tolerates_what_is_tolerated()
    {
        var alarms = Enumerable.Range(0, Runs).Count(seed => Ends(seed, 0.12, 0.10, Ramp, tolerated: 1.25) is not null);

        Assert.InRange(alarms / (double)Runs, 0, Alpha);
    }

    [Fact]
    public void Says_nothing_without_a_control() =>
        Assert.Equal(0, RateEvidence.MoreOften([new ArmCounts(1, 50, 0), new ArmCounts(0, 0, 50)]));

    [Fact]
    public void Holds_a_share_to_its_band()
    {
        int Alarms(double share) => Enumerable.Range(0, 200).Count(seed =>
        {
            var (random, events) = (new Random(seed), 0);
            for (var n = 1; n <= 500; n++)
            {
                if (random.NextDouble() < share) events++;
                if (RateEvidence.Above(events, n, 0.35) >= Bar) return true;
                if (RateEvidence.Below(events, n, 0.15) >= Bar) return true;
            }
            return false;
        });

        Assert.InRange(Alarms(0.35), 0, 10);
        Assert.InRange(Alarms(0.15), 0, 10);
        Assert.InRange(Alarms(0.60), 198, 200);
        Assert.InRange(Alarms(0.02), 198, 200);
    }

    /// <summary>Latencies are far from normal: their logarithms are compared.</summary>
    [Theory]
    [InlineData(1.0, 0, 0.05)]
    [InlineData(1.5, 0.95, 1)]
    public void Compares_latencies_by_ratio(double ratio, double least, double most)
    {
        var alarms = Enumerable.Range(0, 200).Count(seed => Slower(seed, ratio));

        output.WriteLine($"ratio {ratio}: {alarms / 200.0:P1} of ramps ended");
        Assert.InRange(alarms / 200.0, least, most);
    }

    /// <summary>Most tickets cost nothing, some a lot.</summary>
    [Fact]
    public void Takes_no_cost_for_a_higher_one_in_at_most_alpha_of_all_ramps()
    {
        var alarms = Enumerable.Range(0, 200).Count(seed => Dearer(seed, 1));

        output.WriteLine($"cost: {alarms / 200.0:P1} false alarms");
        Assert.InRange(alarms / 200.0, 0, Alpha);
        Assert.InRange(Enumerable.Range(0, 50).Count(seed => Dearer(seed, 2)), 38, 50);
    }

    /// <summary>Tickets of the candidate when its rate was found to be higher; null: it was not.</summary>
    private static int? Ends(
        int seed, double candidate, double control, (double Share, int Tickets)[] ramp, double tolerated = 1)
    {
        var random = new Random(seed);
        var (counts, met) = (new List<ArmCounts>(), 0);
        foreach (var (share, tickets) in ramp)
        {
            counts.Add(new ArmCounts(share, 0, 0));
            for (var n = 0; n < tickets; n++)
            {
                var own = random.NextDouble() < share;
                if (own) met++;
                if (random.NextDouble() >= (own ? candidate : control)) continue;
                var now = counts[^1];
                counts[^1] = own ? now with { Candidate = now.Candidate + 1 } : now with { Control = now.Control + 1 };
                if (RateEvidence.MoreOften(counts, tolerated) >= Bar) return met;
            }
        }
        return null;
    }

    private static bool Slower(int seed, double ratio) => Crosses(seed, (random, own) =>
        Math.Log(1 + 200 * Math.Exp(Gaussian(random)) * (own ? ratio : 1)), times: 1);

    private static bool Dearer(int seed, double ratio) => Crosses(seed, (random, own) =>
        random.NextDouble() < 0.3 ? 0.01 * Math.Exp(Gaussian(random)) * (own ? ratio : 1) : 0, times: 1);

    private static bool Crosses(int seed, Func<Random, bool, double> value, double times)
    {
        var random = new Random(seed);
        var strata = new List<ArmSums>();
        foreach (var (share, tickets) in Ramp[1..])
        {
            strata.Add(default);
            for (var n = 0; n < tickets; n++)
            {
                var own = random.NextDouble() < share;
                var x = value(random, own);
                var (candidate, control) = strata[^1];
                strata[^1] = own ? new ArmSums(Plus(candidate, x), control) : new ArmSums(candidate, Plus(control, x));
                if (n % 10 == 0 && MeanEvidence.Higher(strata, times) >= Bar) return true;
            }
        }
        return false;
    }

    private static SampleSums Plus(SampleSums sums, double value) =>
        new(sums.N + 1, sums.Sum + value, sums.Squares + value * value);

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
