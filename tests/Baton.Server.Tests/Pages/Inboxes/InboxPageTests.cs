using System.Net;
using System.Net.Http.Json;
using Baton.People;
using Baton.People.Inboxes;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>The lists of the inbox as people see them.</summary>
public sealed class InboxPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_where_people_begin_and_keys_do_not()
    {
        using var agent = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        using var viewer = await server.SignedInAsync(await server.PersonAsync(PersonRole.Viewer, Token), Token);
        using var key = await server.VisitorAsync(Token);

        Assert.Equal("/inbox", await HomeAsync(agent));
        Assert.Equal("/tickets", await HomeAsync(viewer));
        Assert.Equal("/playground", await HomeAsync(key));
    }

    [Fact]
    public async Task Shows_summary_reason_customer_clock_and_who_has_it_open()
    {
        var (ann, ben) = (await server.PersonAsync(PersonRole.Agent, Token),
            await server.PersonAsync(PersonRole.Agent, Token));
        await EscalatedAsync("inbox-row");
        await server.Services.GetRequiredService<Onlookers>().NoteAsync("inbox-row", ben.Id, types: false, Token);
        using var browser = await server.SignedInAsync(ann, Token);

        var page = await browser.GetStringAsync("/inbox?view=unassigned&q=inbox-row", Token);

        Assert.Contains("asked for human", page, StringComparison.Ordinal);
        Assert.Contains("c-inbox-row, pro", page, StringComparison.Ordinal);
        Assert.Contains("due in ", page, StringComparison.Ordinal);
        Assert.Contains($"{ben.Name} looks at it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("robin@example.com", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_list_of_everything_for_leads()
    {
        await EscalatedAsync("inbox-all");
        using var agent = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        Assert.DoesNotContain("row-inbox-all", await agent.GetStringAsync("/inbox?view=all&q=inbox-all", Token),
            StringComparison.Ordinal);
        Assert.Contains("row-inbox-all", await lead.GetStringAsync("/inbox?view=all&q=inbox-all", Token),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("priority=soon", "priority is &#x27;soon&#x27;: use low, normal, high, urgent")]
    [InlineData("after=7", "after is &#x27;7&#x27;")]
    public async Task Says_what_is_wrong_with_a_filter(string query, string problem)
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);

        using var answer = await browser.GetAsync("/inbox?" + query, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<string?> HomeAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/", Token);
        return answer.Headers.Location?.ToString();
    }

    private async Task EscalatedAsync(string id)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s", new
        {
            id, customer = new { id = "c-" + id, tier = "pro" },
            body = "I want to speak to a person, please, my address is robin@example.com.",
        }, Token);
        answer.EnsureSuccessStatusCode();
    }
}
