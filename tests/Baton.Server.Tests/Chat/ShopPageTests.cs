using System.Text.Json;
using Baton.Server.Tests.Pages;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Chat;

/// <summary>The sample shop of the demo, with the sample company's answers.</summary>
public sealed class ShopPageTests(ServerFixture server, ConsoleBrowser browser)
{
    [Fact]
    public async Task Offers_what_may_help_with_a_button_that_closes_the_matter()
    {
        var page = await browser.OpenAsync(1000, 800);
        await page.GotoAsync(server.Address + "demo/shop");
        await page.GetByRole(AriaRole.Textbox).FillAsync(
            "can I get my money back for boots that I have worn once and my dog chewed on?");
        await page.Keyboard.PressAsync("Enter");

        var solved = page.GetByRole(AriaRole.Button, new() { Name = "This solved it" });
        await Assertions.Expect(solved.First).ToBeVisibleAsync();
        Assert.DoesNotContain("/solved/", await page.Locator(".log").InnerTextAsync(), StringComparison.Ordinal);
        var result = await page.RunAxe();
        Assert.DoesNotContain(result.Violations, v => v.Impact is "serious" or "critical");
        await solved.First.ClickAsync();

        await Assertions.Expect(page.GetByText("Good to hear. Thank you.")).ToBeVisibleAsync();
        await Assertions.Expect(solved.First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Knows_who_is_logged_in()
    {
        var page = await browser.OpenAsync(1000, 800);
        var opened = await page.RunAndWaitForResponseAsync(
            () => page.GotoAsync(server.Address + "demo/shop?known=true"),
            answer => answer.Url.EndsWith("/chat/sessions", StringComparison.Ordinal));

        var session = JsonSerializer.Deserialize<JsonElement>(await opened.TextAsync());

        Assert.True(session.GetProperty("identified").GetBoolean());
    }
}
