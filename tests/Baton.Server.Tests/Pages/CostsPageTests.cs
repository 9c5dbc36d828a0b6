using System.Net;
using System.Text.Json;
using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Pages;

/// <summary>The page, the API and the command over the same receipts.</summary>
public sealed class CostsPageTests(ServerFixture empty, CostsServer costs, ConsoleBrowser browser)
    : IClassFixture<CostsServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_that_nothing_was_spent_without_receipts()
    {
        using var visitor = await empty.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/costs", Token);

        Assert.Contains("Nothing was spent: $0.00", page, StringComparison.Ordinal);
        Assert.Contains("cost nothing per ticket", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_api_and_command_show_the_same_total()
    {
        using var visitor = await costs.Server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/costs?days=30", Token);
        using var api = costs.Server.Api();
        var json = JsonDocument.Parse(
            await api.GetStringAsync("/api/costs?days=30&by=stage&per_day=100", Token)).RootElement;
        var command = await BatonProgram.RunAsync(
            "cost", "report", "--json", "--by", "stage", "--db", costs.Server.Database,
            "--playbook", costs.Server.Playbook);

        var total = json.GetProperty("total_usd").GetDecimal();
        Assert.Equal(total, json.GetProperty("lines").EnumerateArray()
            .Sum(l => l.GetProperty("cost_usd").GetDecimal()));
        Assert.True(json.GetProperty("projection").GetProperty("usd_per_month").GetDouble() > 0);
        var printed = JsonDocument.Parse(command.Output).RootElement;
        foreach (var same in (string[])["total_usd", "per_ticket_usd", "lines", "saved_usd", "calls"])
            Assert.Equal(json.GetProperty(same).ToString(), JsonSerializer.Serialize(printed.GetProperty(same)));
        Assert.Contains($"${total:#,0.00}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_are_in_the_api_and_in_the_command()
    {
        using var api = costs.Server.Api();
        var json = JsonDocument.Parse(await api.GetStringAsync("/api/costs", Token)).RootElement;
        var month = json.GetProperty("budgets")[0];

        Assert.Equal("all", month.GetProperty("scope").GetString());
        var spent = month.GetProperty("spent_usd").GetDecimal();
        Assert.InRange(spent, 0.0000001m, 4m);
        Assert.Equal(Math.Round(spent / 4m, 4), month.GetProperty("share").GetDecimal());
        var printed = await BatonProgram.RunAsync(
            "cost", "report", "--db", costs.Server.Database, "--playbook", costs.Server.Playbook);
        Assert.Contains("budget for", printed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("days=0", "choose 1 to 3660")]
    [InlineData("by=colour", "cannot cut by 'colour'; try day")]
    [InlineData("per_day=0", "choose 1 or more")]
    public async Task Api_refuses_what_it_cannot_answer(string query, string says)
    {
        using var api = costs.Server.Api();
        using var answer = await api.GetAsync("/api/costs?" + query, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(400)]
    public async Task Charts_are_drawn_beside_their_tables_and_nothing_scrolls_sideways(int width)
    {
        var page = await browser.OpenAsync(width, 1000);
        var problems = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") problems.Add(message.Text); };
        await ConsoleBrowser.LogInAsync(page, costs.Server, "costs");
        await page.WaitForSelectorAsync("baton-chart canvas");

        Assert.Equal(await page.Locator("baton-chart").CountAsync(),
            await page.Locator("baton-chart canvas").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.SelectOptionAsync("#days", "7");
        await ConsoleBrowser.ArriveAsync(page, "costs?", "days=7");
        await page.WaitForSelectorAsync("baton-chart canvas");
        Assert.Empty(problems);
    }
}
