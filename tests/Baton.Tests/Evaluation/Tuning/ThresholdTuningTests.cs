using System.Diagnostics;
using Baton.Evaluation.Tuning;

namespace Baton.Tests.Evaluation.Tuning;

/// <summary>A saving is believed when tickets that it was not chosen on show it.</summary>
public sealed class ThresholdTuningTests
{
    private static readonly double[] Values = [0.5, 0.6, 0.7, 0.8, 0.9];

    [Fact]
    public void Finds_the_value_with_the_lowest_expected_cost_and_proves_the_saving()
    {
        var tuning = ThresholdTuning.Of(Table(Drawn(600, seed: 1, best: 0.7), inForce: 0.9));

        Assert.Equal(0.7, tuning.Chosen);
        Assert.True(tuning.IsProven, $"{tuning.Saved} ({tuning.SavedBetween})");
        Assert.InRange(tuning.Chosen, tuning.ChosenBetween.Low, tuning.ChosenBetween.High);
        Assert.NotNull(tuning.ToJson()["curve"]);
    }

    [Fact]
    public void Noise_is_believed_about_as_seldom_as_the_interval_says()
    {
        const int Trials = 100;
        var believed = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var random = new Random(trial);
            var costs = Values.Select(_ => Enumerable.Range(0, 200)
                .Select(_ => random.NextDouble() < 0.3 ? 10.0 : 0).ToArray());
            if (ThresholdTuning.Of(Table([.. costs], inForce: 0.9)).IsProven) believed++;
        }

        // One side of a 95 % interval: 2.5 of 100.
        Assert.InRange(believed, 0, 7);
    }

    [Fact]
    public void Equal_costs_leave_what_is_in_force()
    {
        var tuning = ThresholdTuning.Of(Table([.. Values.Select(_ => Enumerable.Repeat(3.2, 200).ToArray())], 0.8));

        Assert.Equal((0.8, false, null), (tuning.Chosen, tuning.IsProven, tuning.Needed));
    }

    [Fact]
    public void Refuses_too_little_data_and_says_how_much_is_needed()
    {
        Assert.Equal("100 labelled tickets: 50 more are the least to tune on",
            ThresholdTuning.Refusal(Table(Drawn(100, 1, 0.7), 0.9)));
        var few = Values.Select((_, v) => Enumerable.Range(0, 200).Select(i => i < 10 ? v : 1.0).ToArray()).ToArray();
        Assert.Equal("10 of 200 tickets would cost anything else at another value of answer: about 600 more labelled tickets are needed until 40 do",
            ThresholdTuning.Refusal(Table(few, 0.9)));
        Assert.Null(ThresholdTuning.Refusal(Table(Drawn(400, 1, 0.7), 0.9)));
    }

    [Fact]
    public void Says_how_many_tickets_would_show_a_saving()
    {
        // 25 tickets are cheaper at 0.8, 20 at 0.9, and 105 are no matter.
        var few = ThresholdTuning.Of(new CostTable("answer", [0.8, 0.9], 0.9, [Costs(150, 25, 45), Costs(150, 0, 25)]));
        var many = ThresholdTuning.Of(
            new CostTable("answer", [0.8, 0.9], 0.9, [Costs(4500, 750, 1350), Costs(4500, 0, 750)]));

        Assert.Equal((0.8, false), (few.Chosen, few.IsProven));
        Assert.True(few.Needed is null or > 300, $"{few.Needed}");
        Assert.True(many.IsProven);
    }

    [Theory]
    [InlineData("name: t\nthresholds:\n  # note\n  answer: 0.87\ncosts:\n  wrong: 1\n", "  answer: 0.8\n")]
    [InlineData("thresholds:\n  answer: { default: 0.87, class: { lookup: 0.9 } } # why\nx: 1\n",
        "  answer: { default: 0.8, class: { lookup: 0.9 } } # why\n")]
    [InlineData("name: t\nthresholds:\n  offer: 0.2\ncosts: {}\n", "  answer: 0.8\n  offer: 0.2\n")]
    public async Task A_patch_is_taken_by_git_and_gives_the_changed_file(string yaml, string line)
    {
        var patch = ThresholdPatch.Of(yaml, "answer", 0.8)!;
        var folder = Directory.CreateTempSubdirectory("baton-patch-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "playbook.yaml"), yaml);
            await File.WriteAllTextAsync(Path.Combine(folder, "p.patch"), patch.Patch);
            using var git = Process.Start(new ProcessStartInfo("git", ["apply", "p.patch"]) { WorkingDirectory = folder })!;
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, git.ExitCode);
            Assert.Contains(line, patch.Text, StringComparison.Ordinal);
            Assert.Equal(patch.Text, await File.ReadAllTextAsync(Path.Combine(folder, "playbook.yaml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_is_in_force_needs_no_patch() =>
        Assert.Null(ThresholdPatch.Of("thresholds:\n  answer: 0.8\n", "answer", 0.8));

    private static CostTable Table(IReadOnlyList<double[]> costs, double inForce) => new("answer", Values, inForce, costs);

    private static double[] Costs(int tickets, int from, int to) =>
        [.. Enumerable.Range(0, tickets).Select(i => i >= from && i < to ? 3.2 : 0)];

    /// <summary>Costs that are lowest at one value, with noise that all values of a ticket have in common.</summary>
    private static double[][] Drawn(int tickets, int seed, double best)
    {
        var random = new Random(seed);
        var draws = Enumerable.Range(0, tickets)
            .Select(_ => (Base: random.NextDouble() * 20, Hit: random.NextDouble())).ToArray();
        return [.. Values.Select(v => draws.Select(d => d.Base + (d.Hit < Math.Abs(v - best) * 2 ? 10 : 0)).ToArray())];
    }
}
