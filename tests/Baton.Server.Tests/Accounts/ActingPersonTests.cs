using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.People;
using Baton.Storage;
using Baton.Storage.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Accounts;

/// <summary>What people do bears their id, and two of them never act on the same version.</summary>
public sealed partial class ActingPersonTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_on_the_record_with_the_id_and_on_the_page_with_the_name()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(ann, Token);
        await EscalatedAsync("acting-id");
        using var replied = await ReplyAsync(browser, "acting-id", null, "I am on it.");
        await ApiAsync("acting-id", new { action = "claim" });

        Assert.Equal("/tickets/acting-id#latest", replied.Headers.Location?.ToString());
        Assert.Equal(ann.Id, Assert.Single(Events("acting-id").OfType<ConversationEvent.AgentReplied>()).By);
        Assert.Contains("claimed by first", await browser.GetStringAsync("/tickets/acting-id", Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_the_faster_of_two_people_reply_and_tells_the_other_by_name()
    {
        var (ann, ben) = (await server.PersonAsync(PersonRole.Agent, Token),
            await server.PersonAsync(PersonRole.Agent, Token));
        using var first = await server.SignedInAsync(ann, Token);
        using var second = await server.SignedInAsync(ben, Token);
        await EscalatedAsync("acting-two");
        var seen = Version().Match(await second.GetStringAsync("/tickets/acting-two", Token)).Groups[1].Value;

        using var replied = await ReplyAsync(first, "acting-two", seen, "I am on it.");
        using var late = await ReplyAsync(second, "acting-two", seen, "No, I am.");

        Assert.Equal(HttpStatusCode.Found, replied.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var told = await late.Content.ReadAsStringAsync(Token);
        Assert.Contains($"{ann.Name} replied since you looked", told, StringComparison.Ordinal);
        Assert.Contains("No, I am.", told, StringComparison.Ordinal);
        Assert.Single(Events("acting-two").OfType<ConversationEvent.ReplyWritten>());
    }

    [Fact]
    public async Task Leaves_the_ticket_of_a_colleague_to_leads()
    {
        using var agent = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);
        await EscalatedAsync("acting-others");
        await ApiAsync("acting-others", new { action = "claim", by = "Ada" });

        using var refused = await ReplyAsync(agent, "acting-others", null, "Mine.");
        using var replied = await ReplyAsync(lead, "acting-others", null, "Ours.");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("First for Ada has claimed the ticket", await refused.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, replied.StatusCode);
    }

    [Fact]
    public async Task Lets_a_key_act_as_itself_and_on_the_version_it_read()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        await EscalatedAsync("acting-key");
        using var api = server.Api();
        var seen = (await api.GetFromJsonAsync<JsonElement>("/api/tickets/acting-key", Token)).GetProperty("version")
            .GetInt64();

        Assert.Equal(HttpStatusCode.NoContent,
            await ApiAsync("acting-key", new { action = "claim", by = ann.Id, version = seen }));
        Assert.Equal(HttpStatusCode.Conflict, await ApiAsync("acting-key", new { action = "release", version = seen }));
        Assert.Equal(HttpStatusCode.BadRequest,
            await ApiAsync("acting-key", new { action = "release", version = "x" }));
        Assert.Equal(HttpStatusCode.NoContent, await ApiAsync("acting-key", new { action = "release" }));

        Assert.Equal("first for " + ann.Id, Assert.Single(Events("acting-key").OfType<ConversationEvent.Claimed>()).By);
        Assert.Equal("first", Assert.Single(Events("acting-key").OfType<ConversationEvent.Released>()).By);
    }

    [Fact]
    public async Task Is_on_the_record_where_the_ticket_names_nobody()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(ann, Token);
        using var sent = await browser.PostFormAsync(
            "/playground", "/playground", new() { ["Body"] = "Where is my order NW-10003?" }, Token);
        var ticket = sent.Headers.Location!.ToString().Split('/')[^1];
        using var added = await browser.PostFormAsync("/tickets/" + ticket, "/tickets/messages",
            new() { ["id"] = ticket, ["from"] = "customer", ["text"] = "It is urgent." }, Token);

        var events = server.Services.GetRequiredService<Database>()
            .Read(c => Ledger.Read(c, PeopleRecord.Stream(ann.Id)));
        Assert.Equal(["TicketSubmitted", "CustomerWordsAdded"], events.TakeLast(2).Select(e => e.Type));
        Assert.All(events.TakeLast(2), e => Assert.Contains(ticket, e.Json, StringComparison.Ordinal));
    }

    private IReadOnlyList<ConversationEvent> Events(string id) => [.. server.Services
        .GetRequiredService<Database>().Read(c => Ledger.Read(c, id))
        .Select(e => ConversationJson.Read(e.Type, e.Data.Span))];

    private Task<HttpResponseMessage> ReplyAsync(HttpClient browser, string id, string? version, string text) =>
        browser.PostFormAsync("/tickets/" + id, "/tickets/messages", new()
        {
            ["id"] = id, ["from"] = "agent", ["text"] = text, ["version"] = version ?? "",
        }, Token);

    private async Task<HttpStatusCode> ApiAsync(string id, object action)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync($"/api/tickets/{id}/actions", action, Token);
        return answer.StatusCode;
    }

    private async Task EscalatedAsync(string id)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s",
            new { id, body = "I want to speak to a person, please. A real human being." }, Token);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();
}
