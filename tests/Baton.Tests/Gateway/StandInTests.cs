using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Testing.StandIn;

namespace Baton.Tests.Gateway;

public sealed class StandInTests : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private StandInServer? _server;

    [Fact]
    public async Task Says_that_it_is_not_a_model()
    {
        var answer = await Chat(new StandInScript(), """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Contains("not a model", (string?)answer["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task The_first_rule_that_matches_answers()
    {
        var script = StandInScript.Parse("""
            { "rules": [ { "model": "other", "answer": { "text": "no" } },
                         { "contains": "REFUND", "answer": { "text": "yes", "input_tokens": 7, "output_tokens": 3 } },
                         { "answer": { "text": "late" } } ] }
            """);

        var answer = await Chat(script, """{"model":"m","messages":[{"role":"user","content":"my refund?"}]}""");

        Assert.Equal("yes", (string?)answer["choices"]![0]!["message"]!["content"]);
        Assert.Equal(7, (int?)answer["usage"]!["prompt_tokens"]);
    }

    [Fact]
    public async Task A_rule_with_times_is_passed_over_when_used_up()
    {
        var script = new StandInScript
        {
            Rules = [new StandInRule { Times = 1, Fault = StandInFault.RateLimit, RetryAfterSeconds = 3 }],
        };

        using var first = await Post(script, Question);
        using var second = await Post(null, Question);

        Assert.Equal(HttpStatusCode.TooManyRequests, first.StatusCode);
        Assert.Equal("3", first.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task An_unscripted_schema_gets_its_simplest_value()
    {
        var answer = await Chat(new StandInScript(), """
            {"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema",
            "json_schema":{"name":"t","schema":{"type":"object","properties":{"intent":{"enum":["a","b"]},
            "score":{"type":"integer","minimum":1},"words":{"type":"array","items":{"type":"string"}}}}}}}
            """);

        Assert.Equal("""{"intent":"a","score":1,"words":[]}""", (string?)answer["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task A_seed_makes_the_same_faults_again()
    {
        var script = new StandInScript { Seed = 5, Faults = new StandInChance(0.5, [StandInFault.ServerError]) };

        var first = await Statuses(script);
        var second = await Statuses(script with { });

        Assert.Equal(first, second);
        Assert.Contains(HttpStatusCode.InternalServerError, first);
        Assert.Contains(HttpStatusCode.OK, first);
    }

    [Fact]
    public async Task A_cut_stream_breaks_off_without_its_end()
    {
        using var response = await Post(
            new StandInScript { Rules = [new StandInRule { Fault = StandInFault.CutStream }] },
            """{"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Anthropic_input_leaves_cached_tokens_out()
    {
        var script = new StandInScript
        {
            Otherwise = new StandInAnswer { Text = "ok", InputTokens = 100, CachedTokens = 60, CacheWriteTokens = 10 },
        };

        using var response = await Post(script, Question, "/v1/messages");
        var usage = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["usage"]!;

        Assert.Equal(30, (int?)usage["input_tokens"]);
        Assert.Equal(60, (int?)usage["cache_read_input_tokens"]);
    }

    [Fact]
    public void A_script_with_an_unknown_field_is_refused() =>
        Assert.Throws<JsonException>(() => StandInScript.Parse("""{ "rulez": [] }"""));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Question => """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""";

    private async Task<JsonNode> Chat(StandInScript script, string body)
    {
        using var response = await Post(script, body);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
    }

    private async Task<List<HttpStatusCode>> Statuses(StandInScript script)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var response = await Post(i == 0 ? script : null, Question);
            statuses.Add(response.StatusCode);
        }
        return statuses;
    }

    private async Task<HttpResponseMessage> Post(
        StandInScript? script, string body, string path = "/v1/chat/completions")
    {
        _server ??= await StandInServer.StartAsync(cancellationToken: Cancel);
        if (script is not null) _server.Script = script;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, path))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }
}
