using System.Text;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Tests.Accounts;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages;

/// <summary>
/// Every page, wide and light, narrow and dark: axe finds nothing serious, and it fits. Contrast depends on the
/// scheme and room on the width, so two of the four pairs see all there is.
/// </summary>
public sealed class AccessibilityTests(ServerFixture server, ConsoleBrowser browser)
{
    private static readonly string[] Paths =
        ["inbox", "inbox?view=unassigned", "inbox?q=nobody-writes-this", "playground", "tickets",
            "tickets?channel=nobody-writes-here", "tickets?status=7", "tickets/seen-by-axe",
            "inbox/seen-by-axe", "calls", "insights", "insights/review", "insights/tickets?figure=ticket",
            "insights/reads", "insights/digest", "insights/digest?weekly=true", "insights/digest/mail", "insights/open", "insights/customers", "insights?from=1999-01-01&to=1999-01-02", "costs",
            "on-call", "on-call/alerts", "on-call/incidents", "on-call/incidents?id=none", "on-call/drills",
            "on-call/archive",
            "people", "keys", "account", "quality", "quality/labels", "quality/rollouts", "quality/shadow", "quality/autonomy",
            "quality/production", "quality/replay", "quality/suggestions", "quality/gaps", "quality/collisions",
            "approvals", "tools", "in-force", "workflows", "channels", "login/code", "login/forgotten", "nowhere"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Has_nothing_that_axe_calls_serious(int width, ColorScheme scheme)
    {
        await SubmitAsync();
        var page = await browser.OpenAsync(width, 900, scheme);
        await page.GotoAsync(server.Address + "login");
        var found = new List<string>(await LookAsync(page));
        await ConsoleBrowser.LogInAsync(page, server);
        await page.GotoAsync(server.Address + "playground");
        var sample = await page.Locator("a[href*='sample=']").First.GetAttributeAsync("href");
        foreach (var path in Paths.Append(sample!.TrimStart('/')))
        {
            await page.GotoAsync(server.Address + path);
            found.AddRange(await LookAsync(page));
        }

        var person = await server.PersonAsync(PersonRole.Admin, Token);
        var signIn = await server.LinkAsync(person, LinkPurpose.SignIn, Token);
        var joins = await server.LinkAsync(person, LinkPurpose.Password, Token);
        await page.GotoAsync(new Uri(server.Address, signIn).AbsoluteUri);
        foreach (var path in (string[])["account", "people", $"people/{person.Id}", joins.TrimStart('/')])
        {
            await page.GotoAsync(server.Address + path);
            found.AddRange(await LookAsync(page));
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private async Task SubmitAsync()
    {
        using var api = server.Api();
        using var content = new StringContent(
            """{"id":"seen-by-axe","body":"I want to speak to a person, please. A real human being."}""",
            Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync("/api/tickets?wait=10s", content, Token);
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        var result = await page.RunAxe();
        return (beyond <= 0 ? Array.Empty<string>() : [$"{page.Url}: {beyond} px wider than the window"]).Concat(
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            from node in violation.Nodes
            select $"{page.Url}: {violation.Id} at {node.Target}: {node.Html}");
    }
}
