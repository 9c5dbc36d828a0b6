using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Conversations;
using Baton.Storage.Events;
using Baton.Conversations.Findings;
using Baton.Server.Tests.Pages.Inboxes;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>A reply that waits for a person, on the ticket's page and in the API.</summary>
public sealed class DraftPageTests(ServerFixture server)
{
    private const string Text = "You can send boots back\nwithin <60> days.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_sent_from_the_page_under_the_name_of_who_sends_it()
    {
        await WaitsAsync("draft-send");
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets/draft-send", Token);

        Assert.Contains("data-draft=\"1\"", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("name=\"id\" value=\"draft-send\"").Length - 1);
        Assert.Contains("within &lt;60&gt; days.", page, StringComparison.Ordinal);
        using var sent = await PressAsync(visitor, "draft-send", "send", null);

        Assert.Equal("/tickets/draft-send#latest", sent.Headers.Location?.ToString());
        await server.LeaveAsync("draft-send", Token);
        var replied = Assert.Single(Events("draft-send").OfType<ConversationEvent.AgentReplied>());
        Assert.Equal((Text, "first"), (replied.Text, replied.By));
        Assert.DoesNotContain(
            "data-draft", await visitor.GetStringAsync("/tickets/draft-send", Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("draft-edit", "edit", "Within 60 days.", 1)]
    [InlineData("draft-drop", "discard", null, 0)]
    public async Task Is_changed_or_dropped_on_the_page(string id, string action, string? text, int replies)
    {
        await WaitsAsync(id);
        using var visitor = await server.VisitorAsync(Token);

        using var done = await PressAsync(visitor, id, action, text);

        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        await server.LeaveAsync(id, Token);
        Assert.Equal(replies, Events(id).OfType<ConversationEvent.AgentReplied>().Count());
        using var again = await PressAsync(visitor, id, action, text);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Is_refused_with_an_action_that_does_not_exist_or_without_a_text()
    {
        await WaitsAsync("draft-wrong");
        using var visitor = await server.VisitorAsync(Token);

        using var unknown = await PressAsync(visitor, "draft-wrong", "approve", null);
        using var empty = await PressAsync(visitor, "draft-wrong", "edit", " ");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [unknown.StatusCode, empty.StatusCode]);
        Assert.Empty(Events("draft-wrong").OfType<ConversationEvent.AgentReplied>());
    }

    [Fact]
    public async Task Is_read_and_sent_over_the_API()
    {
        await WaitsAsync("draft-api");
        using var api = server.Api();
        var ticket = await api.GetFromJsonAsync<JsonElement>("/api/tickets/draft-api", Token);
        Assert.Equal(Text, ticket.GetProperty("draft").GetProperty("text").GetString());

        using var sent = await api.PostAsJsonAsync("/api/tickets/draft-api/draft", new { action = "send" }, Token);
        using var again = await api.PostAsJsonAsync("/api/tickets/draft-api/draft", new { action = "discard" }, Token);
        using var nowhere = await api.PostAsJsonAsync("/api/tickets/draft-none/draft", new { action = "send" }, Token);
        using var wrong = await api.PostAsJsonAsync("/api/tickets/draft-api/draft", new { action = "keep" }, Token);

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.BadRequest],
            [sent.StatusCode, again.StatusCode, nowhere.StatusCode, wrong.StatusCode]);
        Assert.Equal("first", Assert.Single(Events("draft-api").OfType<ConversationEvent.AgentReplied>()).By);
    }

    private static Task<HttpResponseMessage> PressAsync(HttpClient visitor, string id, string action, string? text)
    {
        var fields = new Dictionary<string, string> { ["id"] = id, ["action"] = action };
        if (text is not null) fields["text"] = text;
        return visitor.PostFormAsync("/tickets/" + id, "/tickets/draft", fields, Token);
    }

    private IEnumerable<ConversationEvent> Events(string id) =>
        server.Services.GetRequiredService<ConversationStore>().Database.Read(c => Ledger.Read(c, id))
            .Select(e => ConversationJson.Read(e.Type, e.Data.Span));

    /// <summary>A ticket with a person on the way and a draft.</summary>
    private async Task WaitsAsync(string id)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=10s", new { id, body = "Let me talk to a human please." }, Token);
        var store = server.Services.GetRequiredService<ConversationStore>();
        var before = store.Load(id);
        var fact = new ConversationEvent.DraftWritten(
            1, Text, "article", [new Citation("returns", "Returns", "How long you have", Text)], 0.61);
        store.Remember((await store.Database.WriteAsync(
            t => store.Save(t, before, [fact], TimeProvider.System.GetUtcNow()), Token))!);
    }
}
