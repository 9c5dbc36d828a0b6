using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.RawTexts;
using Baton.People;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>Who sees what customers really wrote, and that it is on the record.</summary>
public sealed class RawTextTests(ServerFixture server)
{
    private const string Address = "ada.unseen@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_sees_redacted_texts_and_leaves_no_record()
    {
        await SubmitAsync("raw-viewer");
        using var viewer = await server.SignedInAsync(await server.PersonAsync(PersonRole.Viewer, Token), Token);

        var page = await viewer.GetStringAsync("/tickets/raw-viewer", Token);
        var list = await viewer.GetStringAsync("/tickets?q=raw-viewer", Token);

        Assert.Contains("[EMAIL_1]", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, page + list, StringComparison.Ordinal);
        Assert.Empty(Readers("raw-viewer"));
    }

    [Theory]
    [InlineData("/tickets/raw-agent")]
    [InlineData("/inbox/raw-agent-inbox")]
    public async Task An_agent_sees_raw_texts_and_is_noted_once(string path)
    {
        var id = path.Split('/')[^1];
        await SubmitAsync(id);
        var person = await server.PersonAsync(PersonRole.Agent, Token);
        using var agent = await server.SignedInAsync(person, Token);

        var page = await agent.GetStringAsync(path, Token);
        await agent.GetStringAsync(path, Token);

        Assert.Contains(Address, page, StringComparison.Ordinal);
        Assert.Equal([person.Id], Readers(id));
        Assert.Contains(DataReads.Fact, await agent.GetStringAsync($"/tickets/{id}", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_reads_a_ticket_is_noted_by_its_name()
    {
        await SubmitAsync("raw-key");
        using var api = server.Api();

        var ticket = await api.GetFromJsonAsync<JsonObject>("/api/tickets/raw-key", Token);

        Assert.Contains(Address, ticket!["messages"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(ticket["messages"]![0]!["erased"]!.GetValue<bool>());
        Assert.Equal(["first"], Readers("raw-key"));
        var list = await api.GetStringAsync("/api/tickets?q=raw-key", Token);
        Assert.DoesNotContain(Address, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_see_who_opened_raw_texts()
    {
        await SubmitAsync("raw-lead");
        var person = await server.PersonAsync(PersonRole.Agent, Token);
        using var agent = await server.SignedInAsync(person, Token);
        await agent.GetStringAsync("/tickets/raw-lead", Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        var page = await lead.GetStringAsync("/insights/reads?reader=" + person.Id, Token);

        Assert.Contains("raw-lead", page, StringComparison.Ordinal);
        Assert.Contains($"data-reader=\"{person.Id}\"", page, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await agent.GetAsync("/insights/reads", Token)).StatusCode);
    }

    private async Task SubmitAsync(string id)
    {
        using var api = server.Api();
        using var accepted = await api.PostAsJsonAsync("/api/tickets?wait=20s", new
        {
            id, body = $"I want a lawyer. Write to {Address} please.", customer = new { id = $"c-{id}" },
        }, Token);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    private IReadOnlyList<string> Readers(string id) =>
    [
        .. server.Services.GetRequiredService<DataReads>().Newest(null, DateTimeOffset.MaxValue, 10_000)
            .Where(r => r.ConversationId == id).Select(r => r.Reader),
    ];
}
