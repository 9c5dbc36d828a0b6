using Baton.Evaluation.Metrics;
using Baton.Playbooks.Gates;

namespace Baton.Tests.Evaluation.Metrics;

/// <summary>A gate is passed by what was measured, and never by having measured nothing.</summary>
public sealed class GateVerdictTests
{
    [Theory]
    [InlineData(93, 100, 0.93, null, true)]
    [InlineData(92, 100, 0.93, null, false)]
    [InlineData(5, 100, null, 0.05, true)]
    [InlineData(6, 100, null, 0.05, false)]
    [InlineData(20, 100, 0.15, 0.30, true)]
    [InlineData(31, 100, 0.15, 0.30, false)]
    [InlineData(0, 0, null, 0.05, false)]
    public void A_share_is_held_against_both_ends(int hits, int of, double? least, double? most, bool passed) =>
        Assert.Equal(passed, new GateVerdict(new FigureGate("any", least, most), new Rate(hits, of)).Passed);

    [Fact]
    public void A_figure_that_there_is_not_is_named_with_one_that_there_is()
    {
        var problem = GateVerdict.Unknown([new FigureGate("of_answered_rigth", 0.9, null)]);

        Assert.Contains("of_answered_rigth", problem);
        Assert.Contains("of_answered_right", problem);
        Assert.Null(GateVerdict.Unknown([new FigureGate("answered", null, 0.5)]));
    }
}
