using System.Net;
using Baton.Conversations;
using Baton.People;
using Baton.People.Inboxes.Pulse;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Open pages hear by one stream what changed, and fetch only that part.</summary>
public sealed class InboxLiveTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_which_ticket_changed_and_says_it_again_to_a_page_that_was_away()
    {
        await server.EscalatedAsync("live-1", Token);
        using var browser = await AgentAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var stream = await OpenAsync(browser, "", patience.Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(patience.Token));
        var began = (await ReadAsync(reader, _ => true, patience.Token)).Id;
        await server.HappenAsync("live-1", new ConversationEvent.NoteAdded("p_ann", "note"), Token);

        var heard = await ReadAsync(reader, m => m.Data.Contains("live-1", StringComparison.Ordinal), patience.Token);
        Assert.Equal("change", heard.Kind);
        Assert.True(long.Parse(heard.Id) > long.Parse(began));

        using var again = await OpenAsync(browser, began, patience.Token);
        using var second = new StreamReader(await again.Content.ReadAsStreamAsync(patience.Token));
        Assert.Contains("live-1", (await ReadAsync(second, _ => true, patience.Token)).Data, StringComparison.Ordinal);
        using var far = await OpenAsync(browser, "999999999", patience.Token);
        using var third = new StreamReader(await far.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal("all", (await ReadAsync(third, _ => true, patience.Token)).Kind);
    }

    [Fact]
    public async Task Refuses_a_person_who_has_too_many_pages_open()
    {
        var person = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(person, Token);
        var pulse = server.Services.GetRequiredService<InboxPulse>();
        var pages = Enumerable.Range(0, InboxPulse.PagesOfOne).Select(_ => pulse.Subscribe(person.Id)!).ToList();

        using var refused = await browser.GetAsync("/desk/live", HttpCompletionOption.ResponseHeadersRead, Token);
        foreach (var page in pages) page.Dispose();
        using var taken = await browser.GetAsync("/desk/live", HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Equal("text/event-stream", taken.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("lists", "inbox-nav", HttpStatusCode.OK)]
    [InlineData("list?view=unassigned&q=live-part", "inbox-list", HttpStatusCode.OK)]
    [InlineData("list?priority=soon", "priority is", HttpStatusCode.BadRequest)]
    [InlineData("neighbours?view=unassigned&id=live-part", "desk-list", HttpStatusCode.OK)]
    [InlineData("ticket?id=live-part", "ticket-view", HttpStatusCode.OK)]
    [InlineData("ticket?id=live-none", "", HttpStatusCode.NotFound)]
    [InlineData("ticket", "has no part", HttpStatusCode.NotFound)]
    [InlineData("roof", "has no part", HttpStatusCode.NotFound)]
    public async Task Gives_a_part_without_the_page_around_it(string part, string holds, HttpStatusCode status)
    {
        await server.EscalatedAsync("live-part", Token);
        using var browser = await AgentAsync();

        using var answer = await browser.GetAsync("/desk/parts/" + part, Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(holds, html, StringComparison.Ordinal);
        if (status == HttpStatusCode.OK) Assert.DoesNotContain("<html", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inbox?view=unassigned")]
    [InlineData("/inbox/live-still")]
    public async Task Asks_for_nothing_by_the_clock(string path)
    {
        await server.EscalatedAsync("live-still", Token);
        using var browser = await AgentAsync();

        var html = await browser.GetStringAsync(path, Token);

        Assert.DoesNotContain("hx-trigger=\"every", html, StringComparison.Ordinal);
        Assert.Contains("data-live=\"/desk/live\"", html, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> OpenAsync(
        HttpClient browser, string heard, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/live");
        if (heard.Length > 0) request.Headers.Add("Last-Event-ID", heard);
        return await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<(string Kind, string Id, string Data)> ReadAsync(
        StreamReader reader, Func<(string Kind, string Id, string Data), bool> wanted,
        CancellationToken cancellationToken)
    {
        var message = (Kind: "", Id: "", Data: "");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            if (line.StartsWith("event: ", StringComparison.Ordinal)) message.Kind = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) message.Id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) message.Data = line[6..];
            else if (line.Length == 0 && message.Kind.Length > 0)
            {
                if (wanted(message)) return message;
                message = ("", "", "");
            }
        throw new EndOfStreamException();
    }

    private async Task<HttpClient> AgentAsync() =>
        await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
}
