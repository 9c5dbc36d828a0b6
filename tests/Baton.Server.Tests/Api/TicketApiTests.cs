using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Baton.Playbooks;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

public sealed class TicketApiTests(ServerFixture server) : IDisposable
{
    private readonly HttpClient _api = server.Api();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Accepts_a_ticket_and_says_where_it_is()
    {
        using var answer = await PostAsync("""{"id":"api-accepts","body":"Where is my order NW-10003?"}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/api/tickets/api-accepts", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Decides_a_ticket_that_is_a_subject_and_nothing_else()
    {
        using var answer = await PostAsync("""{"id":"api-subject","subject":"Where is my order NW-10003?"}""", "?wait=10s");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var decision = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("order_status", decision.GetProperty("triage").GetProperty("intent").GetString());
    }

    [Fact]
    public async Task Waits_for_the_decision_when_asked()
    {
        using var answer = await PostAsync("""{"id":"api-waits","body":"Where is my order NW-10003?"}""", "?wait=10s");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var decision = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("api-waits", decision.GetProperty("ticket_id").GetString());
        Assert.NotEmpty(decision.GetProperty("stages").EnumerateArray());
    }

    [Fact]
    public async Task Gives_the_same_answer_to_the_same_ticket_twice()
    {
        const string ticket = """{"id":"api-twice","body":"How do I return a jacket?"}""";
        using var first = await PostAsync(ticket, "?wait=10s");
        using var second = await PostAsync(ticket, "?wait=10s");

        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
        var messages = (await GetAsync("/api/tickets/api-twice")).GetProperty("messages").EnumerateArray();
        Assert.Single(messages, m => m.GetProperty("from").GetString() == "customer");
    }

    [Theory]
    [InlineData("""{"body":"hello","sbuject":"x"}""", "sbuject")]
    [InlineData("""{"body":17}""", "body")]
    [InlineData("""{"body":"   "}""", "body")]
    [InlineData("""{"id":"spaces are not allowed","body":"hello"}""", "id")]
    [InlineData("""{"body":"hello","created_at":"yesterday"}""", "created_at")]
    [InlineData("""["not an object"]""", "the ticket")]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    public async Task Refuses_what_it_cannot_use_and_names_the_field(string body, string field)
    {
        using var answer = await PostAsync(body);

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, field);
    }

    [Fact]
    public async Task Refuses_invalid_utf8()
    {
        byte[] body = [.. "{\"body\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await _api.PostAsync("/api/tickets", content, Token);

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "body");
    }

    [Fact]
    public async Task Refuses_a_body_over_the_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets")
        {
            Content = new StringContent(
                $$"""{"body":"{{new string('x', 5 * 1024 * 1024)}}"}""", Encoding.UTF8, "application/json"),
        };
        // The server closes the connection on such a body; asking first lets the answer arrive before that.
        request.Headers.ExpectContinue = true;
        using var answer = await _api.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Refuses_a_content_type_other_than_json()
    {
        using var content = new StringContent("body=hello", Encoding.UTF8, "text/plain");
        using var answer = await _api.PostAsync("/api/tickets", content, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/tickets")]
    [InlineData("/api/tickets/any")]
    [InlineData("/openapi.json")]
    public async Task Refuses_callers_without_a_key(string path)
    {
        using var stranger = server.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", "bt_wrong");
        using var answer = await stranger.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Refuses_a_session_that_ran_out_without_sending_programs_to_a_page()
    {
        using var stranger = server.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tickets");
        request.Headers.Add("Cookie", "baton=ended");
        using var answer = await stranger.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Finds_a_ticket_whose_id_has_a_slash_where_it_said_it_would_be()
    {
        using var accepted = await PostAsync("""{"id":"shop/7","body":"Where is my order NW-10003?"}""");

        Assert.Equal("shop/7", (await GetAsync(accepted.Headers.Location!.ToString())).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Answers_health_to_everybody(string path)
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Says_in_the_words_of_before_that_it_lives_and_is_ready()
    {
        using var stranger = server.Stranger();
        var version = server.Services.GetRequiredService<PlaybookHost>().Current.Version[..8];

        Assert.Equal("""{"status":"live","playbook":null}""", await stranger.GetStringAsync("/health/live", Token));
        Assert.Equal($$"""{"status":"ready","playbook":"{{version}}"}""",
            await stranger.GetStringAsync("/health/ready", Token));
    }

    [Fact]
    public async Task Shows_metrics_to_whoever_has_a_key_and_to_nobody_else()
    {
        using var stranger = server.Stranger();
        using var refused = await stranger.GetAsync("/metrics", Token);

        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        var metrics = await _api.GetStringAsync("/metrics", Token);
        Assert.Contains("http_server_request_duration_seconds", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_there_is_no_such_ticket()
    {
        foreach (var path in (string[])["/api/tickets/api-missing", "/api/tickets/api-missing/trace"])
        {
            using var answer = await _api.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("api-missing", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Adds_a_message_and_decides_again()
    {
        using var first = await PostAsync("""{"id":"api-adds","body":"Where is my order?"}""", "?wait=10s");
        using var content = new StringContent(
            """{"text":"It is NW-10003, by the way."}""", Encoding.UTF8, "application/json");
        using var answer = await _api.PostAsync("/api/tickets/api-adds/messages?wait=10s", content, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var events = (await GetAsync("/api/tickets/api-adds/trace")).GetProperty("events").EnumerateArray();
        Assert.Equal(2, events.Count(e => e.GetProperty("type").GetString() == "DecisionMade"));
    }

    [Fact]
    public async Task Traces_every_event_with_its_hash()
    {
        using var answer = await PostAsync("""{"id":"api-traces","body":"How do I return a jacket?"}""", "?wait=10s");

        var events = (await GetAsync("/api/tickets/api-traces/trace")).GetProperty("events").EnumerateArray().ToList();
        Assert.Equal("ConversationStarted", events[0].GetProperty("type").GetString());
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.GetProperty("version").GetInt32()));
        Assert.All(events, e => Assert.Equal(64, e.GetProperty("hash").GetString()!.Length));
    }

    [Fact]
    public async Task Lists_by_filter_in_pages_that_neither_repeat_nor_skip()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            using var _ = await PostAsync(
                $$"""{"id":"api-list-{{i}}","channel":"listing","body":"Where is my order?"}""", "?wait=10s");
        }

        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = await GetAsync("/api/tickets?channel=listing&limit=2" + next);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString() is { } after ? "&after=" + Uri.EscapeDataString(after) : null;
        }
        while (next is not null);

        Assert.Equal(["api-list-1", "api-list-2", "api-list-3", "api-list-4", "api-list-5"], seen.Order());
    }

    [Theory]
    [InlineData("status=asleep", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("after=nonsense", "after")]
    public async Task Refuses_filters_that_cannot_match(string query, string field)
    {
        using var answer = await _api.GetAsync("/api/tickets?" + query, Token);

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, field);
    }

    private async Task<HttpResponseMessage> PostAsync(string json, string query = "")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _api.PostAsync("/api/tickets" + query, content, Token);
    }

    private Task<JsonElement> GetAsync(string path) => _api.GetFromJsonAsync<JsonElement>(path, Token);

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string field)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }
}
