using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Baton.Server.Tests.Api;

/// <summary>Ids with signs that mean something in an address, on every route; and ids that come twice.</summary>
public sealed class TicketIdTests(ServerFixture server) : IDisposable
{
    private const string Hello = "How do I return a jacket?";

    private readonly HttpClient _api = server.Api();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("ids/a/b")]
    [InlineData("ids#1")]
    [InlineData("ids:2")]
    [InlineData("ids/#:.-_")]
    public async Task Reaches_a_ticket_on_every_route(string id)
    {
        using var accepted =
            await PostAsync("", $$"""{"id":"{{id}}","body":"I want to talk to a human"}""", "?wait=10s");
        var path = "/" + Uri.EscapeDataString(id);

        var ticket = await _api.GetFromJsonAsync<JsonElement>("/api/tickets" + path, Token);
        Assert.Equal(id, ticket.GetProperty("id").GetString());
        using var trace = await _api.GetAsync("/api/tickets" + path + "/trace", Token);
        Assert.Equal(HttpStatusCode.OK, trace.StatusCode);
        using var message = await PostAsync(path + "/messages", """{"text":"please"}""");
        Assert.Equal(HttpStatusCode.Accepted, message.StatusCode);
        using var claimed = await PostAsync(path + "/actions", """{"action":"claim","by":"Ada"}""");
        Assert.Equal(HttpStatusCode.NoContent, claimed.StatusCode);
        using var page = await _api.GetAsync("/tickets" + path, Token);
        Assert.NotEqual(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Theory]
    [InlineData("/actions", """{"action":"claim","by":"Ada"}""")]
    [InlineData("/messages", """{"text":"please"}""")]
    public async Task Names_the_missing_ticket_as_its_sender_wrote_it(string route, string body)
    {
        using var answer = await PostAsync("/no%2Fsuch" + route, body);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("'no/such'", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_known_id_with_other_content_with_409_and_a_known_key_with_422()
    {
        using var first = await PostAsync("", $$"""{"id":"ids-409","body":"{{Hello}}"}""");
        using var other = await PostAsync("", """{"id":"ids-409","body":"The stove exploded"}""");
        using var message = await PostAsync("/ids-409/messages", """{"id":"1","text":"one"}""");
        using var again = await PostAsync("/ids-409/messages", """{"id":"1","text":"two"}""");
        using var key = await PostAsync("", $$"""{"body":"{{Hello}}"}""", "", "ids-key");
        using var same = await PostAsync("", $$"""{"body":"{{Hello}}"}""", "", "ids-key");
        using var another = await PostAsync("", $$"""{"id":"ids-422","body":"{{Hello}}"}""", "", "ids-key");

        Assert.Equal(
            [202, 409, 202, 409, 202, 202, 422],
            new[] { first, other, message, again, key, same, another }.Select(a => (int)a.StatusCode));
        Assert.Equal(await key.Content.ReadAsStringAsync(Token), await same.Content.ReadAsStringAsync(Token));
        Assert.Contains("Idempotency-Key 'ids-key'", await another.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json, string query = "", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets" + path + query)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await _api.SendAsync(request, Token);
    }
}
