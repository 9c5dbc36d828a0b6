using Baton.Conversations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Accounts;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Every view of the inbox with all that opens in it: axe finds nothing serious, and it fits.</summary>
public sealed class InboxAccessibilityTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Has_nothing_that_axe_calls_serious(int width, ColorScheme scheme)
    {
        var id = $"axe-{width}-{scheme}";
        foreach (var ticket in (string[])[id, id + "-old"]) await server.EscalatedAsync(ticket, Token);
        await server.HappenAsync(id, new ConversationEvent.MergedFrom(id + "-old", "p_ann", true), Token);
        await server.DraftAsync(id, "Within 60 days.", Token);
        var person = await server.PersonAsync(PersonRole.Lead, Token);
        var page = await browser.OpenAsync(width, 900, scheme);
        await page.GotoAsync(new Uri(
            server.Address, await server.LinkAsync(person, LinkPurpose.SignIn, Token)).AbsoluteUri);
        var found = new List<string>();
        foreach (var path in (string[])
            ["inbox?view=all", $"inbox?view=unassigned&q={id}", $"inbox/{id}?macro=refund-on-its-way"])
        {
            await page.GotoAsync(server.Address + path);
            found.AddRange(await LookAsync(page));
        }

        await page.FillAsync("#text", "It is **on its way**.");
        await page.ClickAsync("[data-preview]");
        await Assertions.Expect(page.Locator("[data-preview-at]")).ToContainTextAsync("on its way");
        found.AddRange(await LookAsync(page));
        await page.ClickAsync("[data-submit-first]");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page));
        await page.ClickAsync("[data-keys-open]");
        found.AddRange(await LookAsync(page));
        await page.GotoAsync(server.Address + $"inbox?view=unassigned&q={id}");
        await page.Locator("[data-choose]").First.CheckAsync();
        await page.Locator("#bulk-close summary").ClickAsync();
        await page.SelectOptionAsync("#bulk-outcome", "duplicate");
        await page.SelectOptionAsync("#bulk-needed", "yes");
        await page.Locator("#bulk-close button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("done");
        found.AddRange(await LookAsync(page));

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        var fits = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth");
        var result = await page.RunAxe();
        return (fits ? Array.Empty<string>() : [$"{page.Url}: wider than the window"]).Concat(
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            from node in violation.Nodes
            select $"{page.Url}: {violation.Id} at {node.Target}: {node.Html}");
    }
}
