using Baton.Insights;
using Baton.Tests.Style;

namespace Baton.Tests.Insights;

public sealed class FigureDefinitionTests
{
    private static readonly string Page = Repository.Text("docs/insights.md");

    /// <summary>Who asks what a figure means finds the same sentence in every place.</summary>
    [Fact]
    public void Stand_in_the_page_for_leads() =>
        Assert.Empty(FigureDefinition.All.Where(f => !Page.Contains(f.Text, StringComparison.Ordinal)
            || !Page.Contains($"`{f.Name}`", StringComparison.Ordinal)).Select(f => f.Name));

    [Fact]
    public void Are_shares_of_other_figures_that_are_defined() =>
        Assert.All(FigureDefinition.All.Where(f => f.Among is not null),
            f => Assert.NotNull(FigureDefinition.Find(f.Among)));

    [Fact]
    public void Lines_are_safe_in_a_spreadsheet() =>
        Assert.Equal("intent,n,of,share,low,high\r\n'=1+1,1,,,,\r\n\"a,b\",1,2,0.5,0.0945,0.9055\r\n", FigureJson.Csv(
            "intent", [new FigureLine("=1+1", 1, null), new FigureLine("a,b", 1, 2)]));
}
