using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Testing.StandIn;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>Passthrough keys: a request goes on as it came, and what Baton does not know survives.</summary>
public sealed class PassthroughTests : IAsyncLifetime
{
    private const string Unknown = """
        {"model":"MODEL","future_field":{"deep":[1,2]},"messages":[
          {"role":"developer","content":"Be brief.","cache_control":{"type":"ephemeral"}},
          {"role":"user","content":[{"type":"text","text":"Listen to jane@example.com","x_mark":7},
            {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}],
         "max_tokens":9000,"metadata":{"a":"b"},"store":true}
        """;

    private GatewayFixture _fixture = null!;
    private EndpointHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fixture = await GatewayFixture.StartAsync();
        _fixture.Policy = _fixture.Policy with { Models =
            [.. _fixture.Policy.Models, SomePolicy.Model("mine") with { Id = "theirs" }] };
        _host = await EndpointHost.StartAsync(_fixture);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Everything_but_the_model_arrives_as_it_was_sent()
    {
        var sent = Unknown.Replace("MODEL", "mine", StringComparison.Ordinal);

        await AnswerAsync(sent);

        var arrived = JsonNode.Parse(Assert.Single(_fixture.One.Requests).Body)!;
        Assert.Equal("theirs", (string?)arrived["model"]);
        arrived["model"] = "mine";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), arrived), arrived.ToJsonString());
        Assert.True(await _fixture.Reconcile() > Usd.Zero);
    }

    [Fact]
    public async Task The_answer_comes_back_with_fields_that_nobody_here_knows()
    {
        var answer = JsonNode.Parse(await AnswerAsync(Unknown.Replace("MODEL", "small", StringComparison.Ordinal)))!;

        Assert.Equal("stand_in", (string?)answer["system_fingerprint"]);
        Assert.NotNull(answer["choices"]![0]!["message"]!["content"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_stream_is_metered_and_shows_usage_only_to_callers_that_asked(bool asked)
    {
        _fixture.One.Script =
            new StandInScript { Otherwise =
            new StandInAnswer { Text = "one two", InputTokens = 40, OutputTokens = 7 } };
        var options = asked ? ""","stream_options":{"include_usage":true,"x":1}""" : "";

        var events = await AnswerAsync(
            $$"""{"model":"small","messages":[{"role":"user","content":"count"}],"stream":true{{options}}}""");

        Assert.Equal(asked, events.Contains("\"prompt_tokens\":40", StringComparison.Ordinal));
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        Assert.Equal(asked, _fixture.One.Requests.Single().Body.Contains("\"x\":1", StringComparison.Ordinal));
        var receipt = (await _fixture.Receipts()).Single();
        Assert.Equal((40, 7, false), (receipt.Tokens.Input, receipt.Tokens.Output, receipt.Estimated));
    }

    [Fact]
    public async Task A_model_of_another_protocol_is_asked_in_that_protocol()
    {
        await AnswerAsync("""{"model":"large","messages":[{"role":"user","content":"I am jane@example.com"}]}""");

        var request = Assert.Single(_fixture.Two.Requests);
        Assert.Equal("/v1/messages", request.Path);
        Assert.Contains("jane@example.com", request.Body, StringComparison.Ordinal);
    }

    private async Task<string> AnswerAsync(string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Address, "chat/completions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", await _host.Key(key => key with { Passthrough = true }));
        using var response = await http.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
