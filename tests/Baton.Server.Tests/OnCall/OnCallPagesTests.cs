using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baton.Incidents.Alerting;
using Baton.People;
using Baton.Playbooks.Alerts;
using Baton.Server.Tests.Accounts;
using Baton.Server.Tests.Pages;
using Baton.Storage;
using Baton.Storage.Measured;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.OnCall;

/// <summary>What somebody does at night, on a phone: look, take the alert, find the cause, act.</summary>
public sealed class OnCallPagesTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_from_an_alert_to_its_cause_and_an_action_on_a_phone()
    {
        var database = server.Services.GetRequiredService<Database>();
        await database.WriteAsync(t =>
        {
            var now = database.Clock.GetUtcNow();
            SeriesRows.See(t, [new SeriesPoint(SeriesNames.BreakerOpen, 1, "openai/gpt-night")], now.AddMinutes(-1));
            // A round of the server may have raised it already.
            if (AlertStore.Open(t).All(a => a.Name != "breaker_open"))
                AlertStore.Raise(t, AlertCatalog.All.Single(r => r.Name == "breaker_open"), "openai/gpt-night", null, now);
        }, Token);
        var page = await browser.OpenAsync(400, 850, ColorScheme.Dark);
        await ConsoleBrowser.LogInAsync(page, server);

        await page.GotoAsync(server.Address + "on-call");
        Assert.Contains("openai/gpt-night", await page.Locator("[data-question=healthy]").InnerTextAsync(),
            StringComparison.Ordinal);
        foreach (var question in (string[])["changed", "waiting", "cost"])
            Assert.True(await page.Locator($"[data-question={question}]").IsVisibleAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts", Exact = true }).ClickAsync();
        await page.Locator("[data-alert=breaker_open] button:has-text('I look after it')").ClickAsync();
        Assert.Contains("looks after it", await page.Locator("[data-alert=breaker_open]").InnerTextAsync(),
            StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Incidents", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Find out what is wrong" }).ClickAsync();
        Assert.Contains("provider down", await page.Locator("#cause").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("critical", await page.Locator("[data-check=breakers]").InnerTextAsync(), StringComparison.Ordinal);

        // The server is everybody's here: an action that cannot be taken says why, and changes nothing.
        await page.Locator("summary:has-text('version of before')").ClickAsync();
        await page.Locator("details[open] button:has-text('Do it now')").ClickAsync();
        Assert.Contains("no version before", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_programs_how_every_alert_stands()
    {
        using var api = server.Api();

        var json = (await api.GetFromJsonAsync<JsonObject>("/api/alerts", Token))!;
        using var wrong = await api.GetAsync("/api/alerts?limit=0", Token);

        Assert.Equal(AlertCatalog.All.Count, json["alerts"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_form()
    {
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        foreach (var (path, form, said) in ((string, Dictionary<string, string>, string)[])
            [
                ("/on-call/stop", [], "Say why"), ("/on-call/alerts", new() { ["action"] = "dance" }, "use ack"),
                ("/on-call/alerts", new() { ["action"] = "silence", ["name"] = "dsk", ["why"] = "x" }, "did you mean"),
                ("/on-call/incidents", new() { ["action"] = "note", ["id"] = "i_none", ["text"] = "x" }, "no incident"),
                ("/on-call/incidents", new() { ["action"] = "act", ["id"] = "i_none", ["what"] = "rollback" }, "no incident"),
            ])
        {
            using var answer = await lead.PostFormAsync("/on-call/alerts", path, form, Token);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
        using var report = await lead.GetAsync("/on-call/incidents/i_none/report.md", Token);
        Assert.Equal(HttpStatusCode.BadRequest, report.StatusCode);
    }
}
