using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.People;
using Baton.Server.Tests.Accounts;
using Baton.Server.Tests.Pages.Inboxes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages;

/// <summary>
/// The figures as leads see them: each with its definition and its tickets; the review list with one key each.
/// </summary>
public sealed class InsightsPageTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tile_names_its_definition_and_opens_its_tickets()
    {
        await SubmitAsync("counted-1");
        using var visitor = await server.VisitorAsync(Token);

        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/insights", Token));

        foreach (var name in (
            string[])[TallyFigure.Ticket, TallyFigure.Overridden, "contained", TallyFigure.PromiseKept,
            TallyFigure.Unneeded])
            Assert.Contains(FigureDefinition.Find(name)!.Text, page, StringComparison.Ordinal);
        var href = page.Split("href=\"").Select(p => p.Split('"')[0])
            .First(h => h.StartsWith("/insights/tickets?figure=ticket&", StringComparison.Ordinal));
        Assert.Contains("counted-1", await ListedAsync(visitor, href), StringComparison.Ordinal);
        Assert.Contains("Laney", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_and_api_show_the_same_figures_as_json_and_csv()
    {
        await SubmitAsync("counted-2");
        using var api = server.Api();

        var json = JsonDocument.Parse(await api.GetStringAsync("/api/insights/overview", Token)).RootElement;
        using var csv = await api.GetAsync("/api/insights/overview?format=csv", Token);

        Assert.True(json.GetProperty("tickets").GetInt64() >= 1);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Contains(",sla.first_reply.met,", await csv.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/insights/overview?from=soon", "write a day such as 2026-11-30")]
    [InlineData("/api/insights/figures/colours", "use one of ticket, decision")]
    [InlineData("/api/insights/figures/ticket?by=colour", "use day, all, route")]
    [InlineData("/api/insights/tickets?figure=ticket&limit=0", "use 1 to 200")]
    [InlineData("/api/insights/tickets?figure=ticket&after=x", "pass what the page before gave")]
    [InlineData("/api/insights/overview?format=xml", "use json or csv")]
    [InlineData("/api/insights/latency?by=queue", "use tier or intent")]
    [InlineData("/api/insights/economics?to=1e9", "write a day such as")]
    [InlineData("/api/insights/queues?format=pdf", "use json or csv")]
    public async Task Api_says_what_it_cannot_answer(string path, string says)
    {
        using var api = server.Api();
        using var answer = await api.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement
            .GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latency", "name,n,p50_ms,p95_ms")]
    [InlineData("queues", "queue,waiting,with_people,oldest_waits_since")]
    [InlineData("people", "person,tickets,points")]
    [InlineData("economics", "figure,value,low,high,of")]
    public async Task What_the_page_shows_besides_is_there_for_programs(string part, string head)
    {
        await SubmitAsync("counted-3");
        using var api = server.Api();

        var json = JsonDocument.Parse(await api.GetStringAsync($"/api/insights/{part}", Token)).RootElement;
        var csv = await api.GetStringAsync($"/api/insights/{part}?format=csv", Token);

        Assert.StartsWith(head + "\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(csv.Split("\r\n").Length - 2, json.GetProperty("lines").GetArrayLength());
    }

    [Theory]
    [InlineData("reads?before=99999999999999999999")]
    [InlineData("reads?before=soon&reader=%27")]
    [InlineData("customers?customer=c-1&from=9999-12-31&to=9999-12-31")]
    [InlineData("open?queue=%00&person=%27")]
    [InlineData("open?after=9999999999999999.x")]
    [InlineData("customers?customer=c-1&after=-1.x")]
    public async Task Addresses_that_nobody_made_are_answered(string path)
    {
        using var visitor = await server.VisitorAsync(Token);
        using var answer = await visitor.GetAsync("/insights/" + path, Token);

        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Loads_queues_and_the_top_tenth_open_their_tickets()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        foreach (var id in (string[])["behind-1", "behind-2"]) await server.EscalatedAsync(id, Token);
        await server.HappenAsync("behind-1", new ConversationEvent.Claimed(ann.Id), Token);
        using var visitor = await server.VisitorAsync(Token);

        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/insights", Token));
        Assert.Contains($"/insights/open?person={ann.Id}", page, StringComparison.Ordinal);
        Assert.Contains("/insights/customers?from=", page, StringComparison.Ordinal);
        Assert.Contains("data-band", page, StringComparison.Ordinal);
        var mine = await visitor.GetStringAsync($"/insights/open?person={ann.Id}", Token);
        Assert.Contains("behind-1", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("behind-2", mine, StringComparison.Ordinal);
        var waiting = await visitor.GetStringAsync("/insights/open?has=nobody", Token);
        Assert.DoesNotContain("behind-1", waiting, StringComparison.Ordinal);
        using var wrong = await visitor.GetAsync("/insights/open?has=me&after=x", Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var customer = await visitor.GetStringAsync("/insights/customers?customer=c-behind-1", Token);
        Assert.Contains("behind-1", customer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_reviewed_with_one_key()
    {
        await UnsureAsync("unsure-1");
        var page = await browser.OpenAsync(1400, 900);
        await ConsoleBrowser.LogInAsync(page, server);
        await page.GotoAsync(server.Address + "insights/review");
        var shown = await page.Locator("[data-review]").GetAttributeAsync("data-review");

        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.Locator($"[data-review='{shown}']")).ToHaveCountAsync(0);

        await Assertions.Expect(page.Locator("[data-agreement]")).ToContainTextAsync("% (");
        // Whichever comes first, in whichever turn it was unsure: others share the server.
        Assert.Contains(
            server.Services.GetRequiredService<ConversationStore>().Load(shown!).Tally.Turns.Values,
            turn => turn.ReviewedBy is not null);
    }

    /// <summary>All pages of a list.</summary>
    private static async Task<string> ListedAsync(HttpClient visitor, string? next)
    {
        var all = "";
        while (next is not null)
        {
            var page = WebUtility.HtmlDecode(await visitor.GetStringAsync(next, Token));
            all += page;
            next = page.Contains("rel=\"next\" href=\"", StringComparison.Ordinal)
                ? page.Split("rel=\"next\" href=\"")[1].Split('"')[0] : null;
        }
        return all;
    }

    private async Task SubmitAsync(string id)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=10s", new { id, body = "Let me talk to a human please." }, Token);
    }

    private async Task UnsureAsync(string id)
    {
        await SubmitAsync(id);
        var store = server.Services.GetRequiredService<ConversationStore>();
        var before = store.Load(id);
        store.Remember((await store.Database.WriteAsync(
            t => store.Save(t, before, [before.LastDecision! with { NeedsReview = true }],
                TimeProvider.System.GetUtcNow()), Token))!);
    }
}
