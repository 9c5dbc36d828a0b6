using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Channels;
using Baton.Channels.Webhook;
using Baton.Server.Tests.Channels;
using Baton.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

/// <summary>The way in and out of a program that signs, in a host of its own.</summary>
public sealed class ChannelDoorTests(ServerFixture server) : IAsyncLifetime
{
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());

    private LoopbackReceiver _receiver = null!;
    private ChannelHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await LoopbackReceiver.StartAsync(Token);
        _host = await ChannelHost.StartAsync(server.Playbook, new Dictionary<string, string?>
        {
            ["Baton:Channels:Webhook:Secrets"] = Secret,
            ["Baton:Channels:Webhook:Url"] = _receiver.Address.ToString(),
            ["Baton:Channels:Webhook:AllowPrivate"] = "true",
            ["Baton:Channels:Webhook:LargestBody"] = "20000",
        }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_comes_in_and_its_answer_goes_out_signed()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync("w-1", Ticket("W-1", "Where is my order?")));
        var first = await SentAsync(1);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(
            "w-2",
            """{"type":"message.created","data":{"ticket_id":"W-1","text":"Let me talk to a human please."}}"""));
        var second = await SentAsync(2);

        Assert.Equal(("ticket.message", "W-1", 2), Head(first));
        Assert.Equal(("ticket.message", "W-1", 4), Head(second));
        Assert.Equal("asked", Data(first).GetProperty("kind").GetString());
        Assert.Equal("escalated", Data(second).GetProperty("kind").GetString());
        Assert.Null(new WebhookSignature([Secret], TimeSpan.FromMinutes(5), TimeProvider.System).Problem(
            new InboundRequest(Encoding.UTF8.GetBytes(first.Body), first.Headers)));
    }

    [Fact]
    public async Task The_same_delivery_is_one_ticket_however_often_it_comes()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted, await SendAsync("w-1", Ticket("W-1", "hello")));

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync("w-1", Ticket("W-1", "something else")));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync("w-2", Ticket("W-1", "hello")));
    }

    [Fact]
    public async Task A_message_reaches_no_ticket_of_another_channel()
    {
        var intake = _host.Services.GetRequiredService<Baton.Conversations.Inbound.Intake>();
        await intake.AcceptAsync(new()
        {
            TicketId = "A-1", Messages = [new(Baton.Conversations.Author.Customer, "hello")],
        }, Token);

        Assert.Equal(HttpStatusCode.NotFound,
            await SendAsync("w-1", """{"type":"message.created","data":{"ticket_id":"A-1","text":"hi"}}"""));
        Assert.Equal(HttpStatusCode.NotFound,
            await SendAsync("w-2", """{"type":"message.created","data":{"ticket_id":"none","text":"hi"}}"""));
    }

    [Fact]
    public async Task Nothing_is_taken_that_is_not_signed_readable_and_small()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("w-1", Ticket("W-1", "hello"), body => body + " "));
        Assert.Equal(HttpStatusCode.BadRequest,
            await SendAsync("w-1", """{"type":"ticket.created","data":{"id":"W-1"}}"""));
        Assert.Equal(HttpStatusCode.BadRequest,
            await SendAsync("w-1", """{"type":"ticket.created","data":{"id":"W 1","body":"hello"}}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await SendAsync("w-1", Ticket("W-1", new string('x', 20_000))));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync("w-1", Ticket("W-1", "hello"), path: "/channels/api"));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync("w-1", Ticket("W-1", "hello"), path: "/channels/none"));
    }

    [Fact]
    public async Task A_channel_without_secrets_is_closed()
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.PostAsync("/channels/webhook", new StringContent("{}"), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static string Ticket(string id, string body) =>
        JsonSerializer.Serialize(new { type = "ticket.created", data = new { id, body } });

    private async Task<HttpStatusCode> SendAsync(
        string id, string body, Func<string, string>? change = null, string path = "/channels/webhook")
    {
        var at = TimeProvider.System.GetUtcNow();
        using var content = new StringContent(change?.Invoke(body) ?? body);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(WebhookSignature.Id, id);
        request.Headers.Add(WebhookSignature.Timestamp, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            WebhookSignature.Signature,
            new WebhookSignature([Secret], TimeSpan.FromMinutes(5), TimeProvider.System).Sign(id, at, body));
        using var answer = await _host.Http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private async Task<ReceivedRequest> SentAsync(int count)
    {
        await Until.TrueAsync(() => _receiver.Received.Count >= count);
        return _receiver.Received[count - 1];
    }

    private static JsonElement Data(ReceivedRequest request) =>
        JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("data");

    private static (string?, string?, int) Head(ReceivedRequest request) => (
        JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("type").GetString(),
        Data(request).GetProperty("ticket_id").GetString(), Data(request).GetProperty("position").GetInt32());
}
