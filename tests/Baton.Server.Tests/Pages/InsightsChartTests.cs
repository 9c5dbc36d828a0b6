using System.Net;
using System.Net.Http.Json;

namespace Baton.Server.Tests.Pages;

/// <summary>What the page of insights draws, and the money it shows.</summary>
public sealed class InsightsChartTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draws_routes_and_arrivals_with_titles_and_tables()
    {
        using var api = server.Api();
        using var accepted = await api.PostAsJsonAsync("/api/tickets?wait=20s", new
        {
            id = "chart-1", body = "I want to speak to a person about a lawyer.", customer = new { id = "c-chart" },
        }, Token);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        using var visitor = await server.VisitorAsync(Token);

        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/insights", Token));

        Assert.Contains("<title id=\"route-chart-title\">Share of decisions by route and day", page,
            StringComparison.Ordinal);
        Assert.Contains("role=\"img\"", page, StringComparison.Ordinal);
        Assert.Contains("what the people there can take", page, StringComparison.Ordinal);
        Assert.Contains("As a table", page, StringComparison.Ordinal);
        Assert.Contains("on the top tenth of customers", page, StringComparison.Ordinal);
        Assert.Contains("decisions that then went to a person, and its share", page, StringComparison.Ordinal);
        Assert.Contains("$3.20", page, StringComparison.Ordinal);
    }
}
