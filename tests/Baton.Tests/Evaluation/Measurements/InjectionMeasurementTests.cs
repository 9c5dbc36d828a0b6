using Baton.Evaluation.Measurements;

namespace Baton.Tests.Evaluation.Measurements;

public sealed class InjectionMeasurementTests
{
    private static readonly InjectionExample[] Examples =
        [new("bad one", true, "a"), new("bad two", true, "a"), new("good", false, "b"), new("good bad", false, "b")];

    private readonly Baton.Evaluation.Figures _figures =
        InjectionMeasurement.Measure(Examples, text => text.StartsWith("bad one", StringComparison.Ordinal)
            || text == "good bad");

    [Fact]
    public void Gives_recall_over_attempts_and_false_positives_over_the_rest()
    {
        Assert.Equal(0.5, _figures["recall"]);
        Assert.Equal(0.5, _figures["false_positive_rate"]);
    }

    [Fact]
    public void A_source_has_only_the_figures_it_has_examples_for()
    {
        var sources = _figures.Groups.Single(g => g.Name == "sources").Figures.Groups;
        Assert.Equal(["count", "recall"], sources[0].Figures.Items.Select(i => i.Name));
        Assert.Equal(["count", "false_positive_rate"], sources[1].Figures.Items.Select(i => i.Name));
    }

    [Fact]
    public void Rates_have_intervals() => Assert.NotNull(_figures.Items.Single(i => i.Name == "recall").Interval);
}
