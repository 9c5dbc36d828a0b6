using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baton.Operations.Autonomy;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Tests.Accounts;
using Baton.Server.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Auditing;

/// <summary>An auditor finds an act, sees what was before, and takes it away.</summary>
public sealed class AuditPageTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_an_act_and_takes_it_away_on_a_phone()
    {
        var rungs = server.Services.GetRequiredService<AutonomyRungs>();
        await rungs.SetAsync("audited_intent", AutonomyRung.Draft, 1, "auditor-test", "too many wrong answers", Token);
        await rungs.SetAsync("audited_intent", AutonomyRung.Auto, 0.5, "auditor-test", "a good month", Token);
        var page = await browser.OpenAsync(400, 850, ColorScheme.Dark);
        await ConsoleBrowser.LogInAsync(page, server);

        await page.GotoAsync(server.Address + "audit?actor=auditor-test&kind=autonomy");

        var first = page.Locator("tr[data-type=AutonomyChanged]").First;
        foreach (var said in (string[])["audited_intent", "rung draft, share 1", "rung auto, share 0.5", "a good month"])
            Assert.Contains(said, await first.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(400, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        using (var zip = ZipFile.OpenRead((await download.PathAsync())!))
        using (var csv = new StreamReader(zip.GetEntry("audit.csv")!.Open()))
            Assert.Equal(3, (await csv.ReadToEndAsync(Token)).Trim().Split('\n').Length);

        await page.GotoAsync(server.Address + "audit?actor=nobody-at-all");
        Assert.Contains("No entry is as it is asked for", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync(server.Address + "audit?since=yesterday");
        Assert.Contains("write a day or a time", await page.Locator("[role=alert]").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_programs_and_only_those_who_may()
    {
        using var api = server.Api();

        var json = (await api.GetFromJsonAsync<JsonObject>("/api/audit?limit=1", Token))!;
        using var wrong = await api.GetAsync("/api/audit?kind=everything", Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);
        using var refused = await lead.GetAsync("/audit", Token);

        Assert.Single(json["items"]!.AsArray());
        Assert.NotNull((string?)json["next"]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Hands_a_person_over_and_erases_one_who_is_named_twice()
    {
        using var api = server.Api();
        foreach (var (ticket, customer) in ((string, string)[])[("data-1", "data-c1"), ("data-2", "data-c2")])
            using (await api.PostAsJsonAsync("/api/tickets", new { id = ticket, body = "Where is the blue ribbon?",
                channel = "api", customer = new { id = customer } }, Token)) { }
        using (var nobody = await api.PostAsJsonAsync("/api/customers/data-c9/export", new { }, Token))
            Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        using (var unsure = await api.PostAsJsonAsync("/api/customers/data-c1/erase", new { }, Token))
            Assert.Contains("for good; to do it", await unsure.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using (var file = await api.PostAsJsonAsync("/api/customers/data-c1/export", new { why = "asked" }, Token))
        using (var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(Token)))
            Assert.NotNull(zip.GetEntry("person.json"));
        using (var erased = await api.PostAsJsonAsync("/api/customers/data-c1/erase", new { confirm = "data-c1" }, Token))
            Assert.Equal(1, (int?)(await erased.Content.ReadFromJsonAsync<JsonObject>(Token))!["counts"]!["keys"]);

        var page = await browser.OpenAsync(400, 850, ColorScheme.Light);
        await ConsoleBrowser.LogInAsync(page, server);
        await page.GotoAsync(server.Address + "data?customer=data-c2");
        Assert.Contains("One ticket", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(400, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByLabel("To erase").FillAsync("data-c3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).ClickAsync();
        Assert.Contains("Nothing was erased", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync(server.Address + "data?customer=data-c2");
        await page.GetByLabel("To erase").FillAsync("data-c2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).ClickAsync();
        Assert.Contains("data-c2 was erased", await page.Locator("main .alert-success").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(400, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
