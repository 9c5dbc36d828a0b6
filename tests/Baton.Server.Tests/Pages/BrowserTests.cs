using System.Net.Http.Json;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages;

/// <summary>The console in a real browser.</summary>
public sealed class BrowserTests(ServerFixture server, ConsoleBrowser browser)
{
    [Fact]
    public async Task Logs_in_from_the_keyboard()
    {
        var page = await browser.OpenAsync(1400, 900);
        await page.GotoAsync(server.Address + "tickets");
        await ConsoleBrowser.OpenKeyFormAsync(page);
        await page.FillAsync("#key", server.Key);
        await page.Locator("#key").PressAsync("Enter");

        await ConsoleBrowser.ArriveAsync(page, "tickets");
        await page.CloseAsync();
    }

    [Fact]
    public async Task Playground_shows_stages_decision_and_monthly_cost()
    {
        var page = await LoggedInAsync(1400, 900);
        await page.FillAsync("#body", "Where is my order NW-10003?");
        await page.ClickAsync("button:has-text('Decide')");
        await page.WaitForSelectorAsync("[data-decided]");

        Assert.Equal(1, await page.Locator("[data-stage=triage]").CountAsync());
        Assert.Equal(1, await page.Locator("[data-route]").CountAsync());
        await page.FillAsync("#volume", "500");
        Assert.Equal("$0.00", await page.Locator(".volume-total").InnerTextAsync());
    }

    [Fact]
    public async Task Playground_runs_a_sample_from_the_keyboard()
    {
        var page = await LoggedInAsync(1400, 900);
        await page.Locator(".samples a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".samples a[aria-current]");
        await page.FocusAsync("#body");
        await page.Keyboard.PressAsync("Control+Enter");

        await page.WaitForSelectorAsync("[data-decided]");
    }

    [Fact]
    public async Task Playground_refuses_a_blank_message_in_words()
    {
        var page = await LoggedInAsync(1400, 900);
        await page.FillAsync("#body", "   ");
        await page.ClickAsync("button:has-text('Decide')");

        await page.WaitForSelectorAsync("#run [role=alert]:has-text('needs text')");
    }

    [Fact]
    public async Task Choosing_a_filter_changes_the_list_and_the_address()
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=10s", new { id = "browser-1", channel = "browsing", body = "A person, please." },
            TestContext.Current.CancellationToken);
        var page = await LoggedInAsync(1400, 900);
        await page.GotoAsync(server.Address + "tickets?channel=browsing");
        await page.WaitForSelectorAsync("#row-browser-1");
        await page.SelectOptionAsync("#status", "closed");

        await ConsoleBrowser.ArriveAsync(page, "tickets?", "status=closed");
        await page.WaitForSelectorAsync("#tickets:has-text('No ticket matches')");
    }

    [Fact]
    public async Task Chosen_theme_stays()
    {
        var page = await LoggedInAsync(1400, 900);
        await page.ClickAsync("[data-theme-toggle]");
        await page.ReloadAsync();

        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-bs-theme"));
    }

    [Fact]
    public async Task First_tab_stop_skips_to_the_content()
    {
        var page = await LoggedInAsync(1400, 900);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Narrow_windows_do_not_scroll_sideways()
    {
        var page = await LoggedInAsync(400, 850);
        await page.FillAsync("#body", "My order NW-10003 " + new string('x', 300));
        await page.ClickAsync("button:has-text('Decide')");
        await page.WaitForSelectorAsync("[data-decided]");
        await AssertFitsAsync(page);
        await page.ClickAsync("text=Open the ticket");
        await page.WaitForSelectorAsync("#ticket-view");
        await AssertFitsAsync(page);
        await page.GotoAsync(server.Address + "tickets");
        await AssertFitsAsync(page);
    }

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
            page.Url);

    private async Task<IPage> LoggedInAsync(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await ConsoleBrowser.LogInAsync(page, server);
        return page;
    }
}
