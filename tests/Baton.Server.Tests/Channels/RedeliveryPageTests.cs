using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Channels.Redelivery;
using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Baton.People;
using Baton.Server.Tests.Accounts;
using Baton.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Channels;

/// <summary>Texts and events that did not arrive, and what people do about them on pages and over the API.</summary>
public sealed class RedeliveryPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sends_a_held_text_again_from_its_ticket()
    {
        await HeldAsync("held-page");
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets/held-page", Token);
        Assert.Contains("data-held=\"held-page/2\"", page, StringComparison.Ordinal);
        Assert.Contains("data-retry", page, StringComparison.Ordinal);

        using var sent = await visitor.PostFormAsync("/tickets/held-page", "/tickets/deliveries",
            new() { ["id"] = "held-page", ["position"] = "2" }, Token);
        using var elsewhere = await visitor.PostFormAsync("/tickets/held-page", "/tickets/deliveries",
            new() { ["id"] = "held-page", ["position"] = "2", ["channel"] = "zendesk" }, Token);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, elsewhere.StatusCode);
        Assert.Single(Facts("held-page").OfType<ConversationEvent.DeliveryRetried>());
    }

    [Fact]
    public async Task The_api_sends_it_again_and_says_why_not()
    {
        await HeldAsync("held-api");
        using var api = server.Api();

        using var other = await PostAsync(api, "redirect", new { channel = "telegraph" });
        using var nameless = await PostAsync(api, "redirect", new { });
        using var nobody = await api.PostAsJsonAsync("/api/tickets/held-none/deliveries/2/retry", new { }, Token);
        using var again = await PostAsync(api, "retry", new { by = "Ada" });

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Accepted],
            ((HttpResponseMessage[])[other, nameless, nobody, again]).Select(answer => answer.StatusCode));
        Assert.Contains("there is no channel 'telegraph'", await other.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
        Assert.Equal("smoke", (await again.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("channel").GetString());
        Assert.EndsWith("for Ada", Assert.Single(Facts("held-api").OfType<ConversationEvent.DeliveryRetried>()).By,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_sends_events_again_from_the_page_of_channels()
    {
        var (database, outbox) =
            (server.Services.GetRequiredService<Database>(), server.Services.GetRequiredService<Outbox>());
        await HeldAsync("event-page");
        // As the keeper of events writes it, which this server is not asked for.
        await database.WriteAsync(t => outbox.Add(t, new OutboxMessage
        {
            IdempotencyKey = "event-page/event/4", Key = "event-page@events", Kind = "webhook",
            Payload = """{"ticket_id":"event-page","event":4}""",
        }));
        await Until.TrueAsync(() => Event()?.State == "held");
        using var admin = await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token);
        var page = await admin.GetStringAsync("/channels", Token);
        Assert.Contains($"data-event=\"{Event()!.Id}\"", page, StringComparison.Ordinal);

        using var one = await admin.PostFormAsync(
            "/channels", "/channel-events", new() { ["id"] = $"{Event()!.Id}" }, Token);
        await Until.TrueAsync(() => Event()?.State == "held");
        using var since = await admin.PostFormAsync(
            "/channels", "/channel-events", new() { ["since"] = "2026-01-01T00:00" }, Token);
        using var never = await admin.PostFormAsync("/channels", "/channel-events", new() { ["since"] = "soon" }, Token);

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.BadRequest],
            ((HttpResponseMessage[])[one, since, never]).Select(answer => answer.StatusCode));
    }

    private Task<HttpResponseMessage> PostAsync(HttpClient api, string what, object body) =>
        api.PostAsJsonAsync($"/api/tickets/held-api/deliveries/2/{what}", body, Token);

    private SentEvent? Event() => server.Services.GetRequiredService<EventReplay>().Newest(100)
        .FirstOrDefault(e => e.Ticket == "event-page");

    private List<ConversationEvent> Facts(string id) => [.. server.Services.GetRequiredService<Database>()
        .Read(c => Storage.Events.Ledger.Read(c, id)).Select(e => ConversationJson.Read(e.Type, e.Data.Span))];

    /// <summary>A ticket whose channel is not here.</summary>
    private async Task HeldAsync(string id)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=30s", new { id, channel = "smoke", body = "Where is my order NW-10003?" }, Token);
        var desk = server.Services.GetRequiredService<DeliveryDesk>();
        await Until.TrueAsync(() => desk.Held(id).Count > 0);
    }
}
