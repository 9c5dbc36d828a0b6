using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Baton.Server.Api;

namespace Baton.Server.Tests.Api;

/// <summary>What nobody meant to send gets a whole answer that says what is wrong.</summary>
public sealed class GarbageTests(ServerFixture server)
{
    private const int Requests = 2_000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    private static readonly string[] Names =
        ["days", "per_day", "top", "by", "limit", "after", "status", "route", "outcome", "wait", "q", "sample",
            "wrong", "to", "tag", "review"];

    private static readonly string[] Values =
    [
        "x", "-1", "0", "1e400", "99999999999999999999", "2147483647", "NaN", "%00", "%ED%A0%80", "%F0%9F%92%A5",
        "true", "7", "",
        "~", "1~", "9223372036854775808~a", "'%20or%201=1--", "%3Cscript%3E", "10s", "tag:", "day",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "7", "\"text\"", "{}", """{"body":"\ud800"}""", """{"\udc00":1}""",
        """{"id":"\ud83d","body":"x"}""",
        """{"body":"x","metadata":{"a":"\ud800"}}""", """{"body":"x","metadata":{"n":1e400}}""", """{"text":1e400}""",
        """{"action":"claim","by":"\ud800"}""", """{"action":1,"by":[]}""", """{"body":{"a":[1,2]}}""",
        """{"messages":[{"text":"\udfff"}]}""", """{"body":"x","created_at":"9999-12-31T23:59:59Z"}""",
        """{"body":"x","customer":{"recent_tickets":1e400}}""", "id=x&text=%ED%A0%80&from=agent", "Body=%00",
        """{"body":"x","body":"y"}""", """{"action":"reroute","by":"a","queue":"nowhere"}""", "\u0000\u0001\u0002",
    ];

    private static readonly string[] Types =
        ["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x",
            "a/b/c", ""];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_garbage_ends_in_a_server_error_or_an_empty_answer()
    {
        using var api = server.Api();
        using var visitor = await server.VisitorAsync(Token);
        var random = new Random(20261129);
        string Pick(string[] from) => from[random.Next(from.Length)];
        for (var i = 0; i < Requests; i++)
        {
            var rule = RouteAccess.Rules[random.Next(RouteAccess.Rules.Count)];
            var path = Path(rule,
                Pick(["nowhere", "a%2Fb", "%2e%2e", "%23", "%ED%A0%80", "x~y", new string('z', 500)]));
            if (random.Next(3) > 0) path += $"?{Pick(Names)}={Pick(Values)}&{Pick(Names)}={Pick(Values)}";
            using var request = new HttpRequestMessage(new(random.Next(3) > 0 ? Method(rule) : Pick(Methods)), path);
            var body = Pick(Bodies);
            if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
                request.Content = Content(body, Pick(Types));
            if (random.Next(2) == 0) request.Headers.Accept.ParseAdd("text/html");
            using var answer = await (rule.Caller == Caller.Person ? visitor : api).SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, Token);
            await AssertWholeAsync(answer, $"{i}: {request.Method} {path} {body}");
        }
    }

    [Theory]
    [InlineData("/api/costs?days=x", "days")]
    [InlineData("/api/costs?top=1e400", "top")]
    [InlineData("/api/costs?per_day=0", "per_day")]
    [InlineData("/api/costs?days=2147483647", "days")]
    [InlineData("/api/costs?by=colour", "by")]
    [InlineData("/api/tickets?limit=x", "limit")]
    [InlineData("/api/tickets?review=perhaps", "review")]
    [InlineData("/api/tickets?status=7", "status")]
    [InlineData("/api/tickets?route=l9", "route")]
    [InlineData("/api/tickets?outcome=lost", "outcome")]
    [InlineData("/api/tickets?after=x~y", "after")]
    public async Task Names_the_query_value_that_cannot_be_used(string path, string field)
    {
        using var api = server.Api();
        using var answer = await api.GetAsync(path, Token);

        await AssertNamesAsync(answer, field);
    }

    [Theory]
    [InlineData("/api/tickets", """{"body":"\ud800"}""", "body")]
    [InlineData("/api/tickets", """{"id":"\udc00","body":"x"}""", "id")]
    [InlineData("/api/tickets", """{"body":"x","metadata":{"colour":"\ud800"}}""", "metadata.colour")]
    [InlineData("/api/tickets", """{"messages":[{"text":"fine"},{"text":"\ud800"}]}""", "messages[1].text")]
    [InlineData("/api/tickets", """{"body":"x","customer":{"name":"\ud800"}}""", "customer.name")]
    [InlineData("/api/tickets", """{"body":"x","customer":{"recent_tickets":1e400}}""", "customer.recent_tickets")]
    [InlineData("/api/tickets/any/messages", """{"text":"\ud800"}""", "text")]
    [InlineData("/api/tickets/any/actions", """{"action":"claim","by":"\ud800"}""", "by")]
    [InlineData("/api/tickets/any/actions", """{"\ud800":1}""", "body")]
    public async Task Names_the_field_that_is_no_text(string path, string body, string field)
    {
        using var api = server.Api();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(path, content, Token);

        await AssertNamesAsync(answer, field);
    }

    [Theory]
    [InlineData("/costs?days=x", "days is &#x27;x&#x27;")]
    [InlineData("/costs?days=8", "use 1, 7, 30, 90 or 365")]
    [InlineData("/costs?per_day=1e400", "per_day is")]
    [InlineData("/tickets?status=7", "status is")]
    public async Task Pages_say_what_of_their_address_cannot_be_used(string path, string says)
    {
        using var visitor = await server.VisitorAsync(Token);
        visitor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await visitor.GetAsync(path, Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tickets/nowhere", "There is no ticket nowhere")]
    [InlineData("/nowhere", "There is no such page")]
    [InlineData("/api/nowhere", "There is no such page")]
    public async Task People_get_a_page_for_what_is_not_there_and_programs_json(string path, string says)
    {
        using var visitor = await server.VisitorAsync(Token);
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var page = await visitor.SendAsync(asked, Token);
        using var json = await visitor.GetAsync(path, Token);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"),
            (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains(says, await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.NotEmpty(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"),
            (json.StatusCode, json.Content.Headers.ContentType?.MediaType));
    }

    private static async Task AssertWholeAsync(HttpResponseMessage answer, string what)
    {
        // A stream of events goes on until one side ends it.
        if (answer is { IsSuccessStatusCode: true, Content.Headers.ContentType.MediaType: "text/event-stream" }) return;
        var mayBeEmpty = answer.RequestMessage!.Method == HttpMethod.Head
            || answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NoContent
            // A set without lines is an empty file.
            || answer is { IsSuccessStatusCode: true, Content.Headers.ContentDisposition.FileName: not null };
        var text = await answer.Content.ReadAsStringAsync(Token);
        var isNotSetUp = answer.StatusCode == HttpStatusCode.ServiceUnavailable
            && text.Contains("\"Not set up\"", StringComparison.Ordinal);
        Assert.True((int)answer.StatusCode < 500 || isNotSetUp, $"{what}: {answer.StatusCode}");
        Assert.True(mayBeEmpty || text.Length > 0, $"{what}: {answer.StatusCode} without a word");
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            && !mayBeEmpty)
            using (JsonDocument.Parse(text)) { }
    }

    private static async Task AssertNamesAsync(HttpResponseMessage answer, string field)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    private static string Method(RouteRule rule) =>
        rule.Route.Split(' ')[0].Replace(RouteAccess.Any, "GET", StringComparison.Ordinal);

    private static string Path(RouteRule rule, string id)
    {
        var path = rule.Route.Split(' ')[1];
        foreach (var name in (string[])["{id}", "{*Id}", "{model}", "{**path}", "{step}", "{name}"])
            path = path.Replace(name, id, StringComparison.Ordinal);
        return path;
    }

    private static ByteArrayContent Content(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }
}
