using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Conversations;
using Baton.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Chat;

/// <summary>The chat as pages call it, and as others try to.</summary>
public sealed class ChatApiTests : IAsyncLifetime
{
    private const string Site = "https://shop.example";

    private ChatServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync(new Uri(Site), Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Lets_in_the_listed_site_and_no_other()
    {
        using var listed = await SendAsync(HttpMethod.Post, "sessions", new { key = ChatServer.Key });
        using var other = await SendAsync(
            HttpMethod.Post, "sessions", new { key = ChatServer.Key }, origin: "https://evil.example");
        using var nobody = await SendAsync(HttpMethod.Post, "sessions", new { key = ChatServer.Key }, origin: "null");
        using var asked = await SendAsync(HttpMethod.Options, "messages", null);
        using var askedByOther = await SendAsync(HttpMethod.Options, "messages", null, origin: "https://evil.example");

        Assert.Equal((HttpStatusCode.OK, Site), (listed.StatusCode, Allowed(listed)));
        Assert.All((HttpResponseMessage[])[other, nobody, askedByOther], refused =>
            Assert.Equal((HttpStatusCode.Forbidden, null), (refused.StatusCode, Allowed(refused))));
        Assert.Equal((HttpStatusCode.NoContent, Site), (asked.StatusCode, Allowed(asked)));
        Assert.Contains("Origin", listed.Headers.Vary);
        Assert.DoesNotContain("Set-Cookie", listed.Headers.Select(h => h.Key));
    }

    [Fact]
    public async Task Wants_the_key_of_the_page_and_a_token_of_its_own()
    {
        using var wrong = await SendAsync(HttpMethod.Post, "sessions", new { key = "other" });
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        foreach (var token in (string?[])[null, "", "abc", new string('a', 5_000)])
        {
            using var stream = await SendAsync(HttpMethod.Get, "stream", null, token);
            using var message = await SendAsync(HttpMethod.Post, "messages", new { id = "m", text = "Hi" }, token);
            using var rating = await SendAsync(HttpMethod.Post, "rating", new { rating = 5 }, token);
            using var solved = await SendAsync(HttpMethod.Post, "solved", new { turn = 1, passage = 1 }, token);
            Assert.All((HttpResponseMessage[])[stream, message, rating, solved], refused =>
                Assert.Equal((HttpStatusCode.Unauthorized, Site), (refused.StatusCode, Allowed(refused))));
        }
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_request()
    {
        var token = await _server.OpenAsync(Token);
        using var empty = await SendAsync(HttpMethod.Post, "messages", new { id = "m", text = " " }, token);
        using var large = await SendAsync(
            HttpMethod.Post, "messages", new { id = "m", text = new string('x', 4_001) }, token);
        using var huge = await SendAsync(
            HttpMethod.Post, "messages", new { id = "m", text = new string('x', 200_000) }, token);
        using var nothing = await SendAsync(HttpMethod.Post, "rating", new { rating = 9 }, token);

        foreach (var refused in (HttpResponseMessage[])[empty, large, huge, nothing])
        {
            Assert.Equal((HttpStatusCode.BadRequest, Site), (refused.StatusCode, Allowed(refused)));
            Assert.NotEmpty((await JsonAsync(refused)).GetProperty("detail").GetString()!);
        }
    }

    [Fact]
    public async Task Limits_what_one_conversation_sends_in_a_minute()
    {
        var token = await _server.OpenAsync(Token);
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 21; i++)
            answers.Add(await SendAsync(HttpMethod.Post, "messages", new { id = "m0", text = "Hi" }, token));

        Assert.All(answers[..20], answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[20].StatusCode);
        Assert.InRange(answers[20].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Limits_the_windows_of_one_conversation()
    {
        var token = await _server.OpenAsync(Token);
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < 7; i++) streams.Add(await SendAsync(HttpMethod.Get, "stream", null, token));

        Assert.All(streams[..6], stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, streams[6].StatusCode);
        streams.ForEach(stream => stream.Dispose());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("00", false)]
    public async Task Knows_who_is_logged_in_by_the_sites_signature_alone(string changed, bool isKnown)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(ChatServer.Secret), Encoding.UTF8.GetBytes($"{time}\n7\nada@example.com\n")));
        var user = new { id = "7", email = "ada@example.com", time, hash = hash[..^changed.Length] + changed };
        using var opened = await SendAsync(HttpMethod.Post, "sessions", new { key = ChatServer.Key, user });
        var session = await JsonAsync(opened);
        var token = session.GetProperty("token").GetString();
        using var said = await SendAsync(HttpMethod.Post, "messages", new { id = "m", text = "Hello" }, token);

        Assert.Equal(isKnown, session.GetProperty("identified").GetBoolean());
        var store = _server.Services.GetRequiredService<ConversationStore>();
        var ticket = store.Database.Read(c => c.First("select conversation_id from conversations", r => r.Text(0)))!;
        var sender = store.Database.Read(c => MessageRows.Sender(c, ticket));
        Assert.Equal((isKnown ? "7" : null, isKnown), (store.Load(ticket).CustomerId, sender?.Verified ?? false));
    }

    [Fact]
    public async Task Streams_what_is_new_after_a_place_and_where_it_stands()
    {
        var token = await _server.OpenAsync(Token);
        using var said = await SendAsync(HttpMethod.Post, "messages", new { id = "m1", text = ChatServer.Question }, token);
        Assert.Equal(HttpStatusCode.Accepted, said.StatusCode);

        var events = await ReadAsync(token, after: 0, until: "\"position\":2");
        var later = await ReadAsync(token, after: 1, until: "\"position\":2");

        Assert.Equal("event: ready", events[0]);
        Assert.Contains(events, line => line == "id: 1");
        Assert.DoesNotContain(later, line => line == "id: 1");
        Assert.Contains("30 days", later.Single(line => line.Contains("\"position\":2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_while_the_kill_switch_is_on()
    {
        await _server.Services.GetRequiredService<KillSwitch>().SetAsync(true, "test", "a test", Token);
        var token = await _server.OpenAsync(Token);
        using var said = await SendAsync(HttpMethod.Post, "messages", new { id = "m1", text = ChatServer.Question }, token);

        var events = await ReadAsync(token, after: 0, until: "\"with\":\"team\"");

        Assert.DoesNotContain(events, line => line.Contains("30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_files_of_the_team_to_the_conversation_they_were_sent_to_and_to_nobody_else()
    {
        var (token, other) = (await _server.OpenAsync(Token), await _server.OpenAsync(Token));
        using var said = await SendAsync(
            HttpMethod.Post, "messages", new { id = "m1", text = "I want to speak to a person, please." }, token);
        await ReadAsync(token, after: 0, until: "\"with\":\"team\"");
        var ticket = _server.Services.GetRequiredService<ConversationStore>().Database
            .Read(c => c.First("select conversation_id from conversations", r => r.Text(0)))!;
        using (var form = new MultipartFormDataContent
        {
            { new StringContent("Here is your label."), "text" },
            { new StringContent("label of nobody"), "files", "label über.txt" },
        })
        using (var api = new HttpClient { BaseAddress = _server.Address })
        {
            api.DefaultRequestHeaders.Authorization = new("Bearer", _server.ApiKey);
            using var replied = await api.PostAsync($"/api/tickets/{ticket}/attachments/reply", form, Token);
            Assert.True(replied.IsSuccessStatusCode, await replied.Content.ReadAsStringAsync(Token));
        }
        var line = (await ReadAsync(token, after: 0, until: "label"))[^1];
        var message = JsonDocument.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).RootElement;
        var file = $"files/{message.GetProperty("position").GetInt32()}/1";

        using var given = await SendAsync(HttpMethod.Get, file, null, token);
        using var others = await SendAsync(HttpMethod.Get, file, null, other);
        using var nobodys = await SendAsync(HttpMethod.Get, file, null, "abc");
        using var elsewhere = await SendAsync(HttpMethod.Get, file, null, token, origin: "https://evil.example");

        Assert.Equal((HttpStatusCode.OK, Site), (given.StatusCode, Allowed(given)));
        Assert.Equal("label of nobody", await given.Content.ReadAsStringAsync(Token));
        Assert.Equal(("attachment", "label über.txt"),
            (given.Content.Headers.ContentDisposition?.DispositionType,
                given.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("nosniff", given.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden],
            [others.StatusCode, nobodys.StatusCode, elsewhere.StatusCode]);
        foreach (var place in (string[])["1/1", "0/0", "x/1", "-1/1", "99999999999/1", file[6..^1] + "2", "1000000/1"])
        {
            using var none = await SendAsync(HttpMethod.Get, "files/" + place, null, token);
            Assert.True(none.StatusCode == HttpStatusCode.NotFound, $"{place}: {none.StatusCode}");
        }
    }

    /// <summary>The lines of a stream up to one that holds a text.</summary>
    private async Task<List<string>> ReadAsync(string token, int after, string until)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chat/stream");
        request.Headers.Add("Origin", Site);
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        var lines = new List<string>();
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains(until, StringComparison.Ordinal)) return lines;
        }
        throw new InvalidOperationException($"the stream ended without {until}: {string.Join('\n', lines)}");
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, string? token = null, string? origin = null) =>
        _server.SendAsync(method, "/chat/" + path, body, token, Token, origin);

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(Token);

    private static string? Allowed(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
}
