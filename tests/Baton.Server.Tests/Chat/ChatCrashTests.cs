using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Chat;

/// <summary>Visitors of a server that is killed: between commit and send, or anywhere else.</summary>
public sealed class ChatCrashTests(ITestOutputHelper output)
{
    private const string Site = "https://shop.example";

    private static readonly (string, string)[] Settings =
        [("BATON__Channels__Chat__Key", ChatServer.Key), ("BATON__Channels__Chat__Origins", Site)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_nothing_and_shows_nothing_twice_when_killed_again_and_again()
    {
        using var place = new Place();
        var tokens = new List<string>();
        string? key = null;
        for (var round = 0; round < 3; round++)
        {
            using var server = await ServerProcess.StartAsync(place, key, Settings);
            key = server.ApiKey;
            // What was sent before the kill is sent again, as a window does that saw no answer.
            foreach (var token in tokens) await SayAsync(server, token);
            var fresh = new List<string>();
            for (var i = 0; i < 6; i++) fresh.Add(await OpenAsync(server));
            await Task.WhenAll(fresh.Select(token => SayAsync(server, token)));
            tokens.AddRange(fresh);
            server.Kill();
            output.WriteLine(
                $"killed with {await place.LookAsync(c => c.Number("select count(*) from decisions"))} decided, "
                + $"{await place.LookAsync(c => c.Number("select count(*) from outbox where delivered_at_ms is null"))} unsent");
        }

        using var last = await ServerProcess.StartAsync(place, key, Settings);
        await place.WaitForDecisionsAsync(tokens.Count);
        await place.CheckEveryTicketOnceAsync();
        foreach (var token in tokens) Assert.Equal(["1", "2"], await PlacesAsync(last, token));
    }

    private static async Task<string> OpenAsync(ServerProcess server)
    {
        using var answer = await SendAsync(server, HttpMethod.Post, "sessions", new { key = ChatServer.Key }, null);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("token").GetString()!;
    }

    private static async Task SayAsync(ServerProcess server, string token)
    {
        using var answer = await SendAsync(
            server, HttpMethod.Post, "messages", new { id = "m1", text = ChatServer.Question }, token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Places of the messages that a window shows, up to where it stands with the answer.</summary>
    private static async Task<List<string>> PlacesAsync(ServerProcess server, string token)
    {
        using var answer = await SendAsync(server, HttpMethod.Get, "stream", null, token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var places = new List<string>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) places.Add(line[4..]);
            if (line == "event: state" && places.Count >= 2) return places;
        }
        return places;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        ServerProcess server, HttpMethod method, string path, object? body, string? token)
    {
        using var request = new HttpRequestMessage(method, "/chat/" + path);
        if (body is not null) request.Content = JsonContent.Create(body);
        request.Headers.Add("Origin", Site);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
