using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Gateway.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Api;

/// <summary>
/// Every number and every text of a body, with values that no reader may choke on: refused whole, never half.
/// </summary>
public sealed class BadValuesTests(ServerFixture server)
{
    private string? _secret;

    private const string Chat = "/v1/chat/completions", Tickets = "/api/tickets";

    /// <summary>Not even JSON, beyond a double, or a text: wrong for every number there is.</summary>
    private static readonly string[] NeverNumbers =
        ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "\"5\"", "\"\"", "true", "[]", "{}", "0x10", "01", "1e",
            ".5", "+1"];

    /// <summary>Too large or negative for a count or a share.</summary>
    private static readonly string[] OutOfRange = ["99999999999999999999", "-99999999999999999999", "1e308", "-7"];

    private static readonly string[] ChatTexts =
    [
        """{"model":"‡","messages":[]}""", """{"model":"no-such","messages":[{"role":"‡","content":"x"}]}""",
        """{"model":"no-such","messages":[{"role":"user","content":"‡"}]}""",
        """{"model":"no-such","messages":[{"role":"user","name":"‡","content":"x"}]}""",
        """{"model":"no-such","messages":[{"role":"user","content":[{"type":"text","text":"‡"}]}]}""",
        """{"model":"no-such","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"‡"}}]}]}""",
        """{"model":"no-such","messages":[{"role":"assistant","tool_calls":[{"id":"‡","function":{"name":"f","arguments":"{}"}}]}]}""",
        """{"model":"no-such","messages":[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"‡"}}]}]}""",
        """{"model":"no-such","messages":[{"role":"tool","tool_call_id":"‡","content":"x"}]}""",
        """{"model":"no-such","messages":[],"stop":["‡"]}""", """{"model":"no-such","messages":[],"user":"‡"}""",
        """{"model":"no-such","messages":[],"tools":[{"type":"function","function":{"name":"‡"}}]}""",
        """{"model":"no-such","messages":[],"tools":[{"type":"function","function":{"name":"f","description":"‡"}}]}""",
        """{"model":"no-such","messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":{"title":"‡"}}}]}""",
        """{"model":"no-such","messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"‡","schema":{}}}}""",
        """{"model":"no-such","messages":[],"metadata":{"a":"‡"}}""",
        """{"model":"no-such","messages":[],"metadata":{"‡":"a"}}""",
    ];

    private static readonly string[] TicketTexts =
    [
        """{"id":"‡","body":"x"}""", """{"channel":"‡","body":"x"}""", """{"subject":"‡","body":"x"}""",
        """{"subject":"‡"}""",
        """{"body":"x","order_id":"‡"}""", """{"body":"x","created_at":"‡"}""",
        """{"body":"x","customer":{"id":"‡"}}""",
        """{"body":"x","customer":{"email":"‡"}}""", """{"body":"x","customer":{"name":"‡"}}""",
        """{"body":"x","customer":{"tier":"‡"}}""", """{"body":"x","metadata":{"a":"‡"}}""",
        """{"body":"x","metadata":{"‡":"a"}}""",
        """{"body":"x","metadata":{"a":{"b":["‡"]}}}""", """{"body":"x","headers":{"Auto-Submitted":"‡"}}""",
        """{"body":"x","headers":{"‡":"a"}}""", """{"messages":[{"from":"‡","text":"x"}]}""",
        """{"messages":[{"text":"‡"}]}""",
        """{"messages":[{"text":"x","headers":{"a":"‡"}}]}""",
    ];

    private static readonly string[] Halves =
        [@"\ud800", @"\udfff", @"a\ud83d", @"\ude00\ud83d", @"\ud800\ud800\udc00"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("temperature", "-1e-3", "2.1")]
    [InlineData("top_p", "-1e-3", "1.1")]
    [InlineData("frequency_penalty", "-2.1", "2.1")]
    [InlineData("presence_penalty", "-2.1", "2.1")]
    [InlineData("max_tokens", "0", "1e-400")]
    [InlineData("max_completion_tokens", "0", "1e-400")]
    [InlineData("n", "0", "1e-400")]
    public async Task Refuses_every_wrong_number_of_a_chat_request(string field, string least, string most)
    {
        foreach (var value in (string[])[.. NeverNumbers, .. OutOfRange, least, most])
            await AssertRefusedAsync(
                Chat, $$"""{"model":"no-such","messages":[],"{{field}}":{{value}}}""", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("temperature", "1e-400")]
    [InlineData("temperature", "-0")]
    [InlineData("temperature", "2")]
    [InlineData("top_p", "1.0")]
    [InlineData("seed", "-7")]
    [InlineData("seed", "9223372036854775807")]
    [InlineData("max_tokens", "1000000")]
    public async Task Takes_the_numbers_at_the_edge(string field, string value) => await AssertRefusedAsync(
        Chat, $$"""{"model":"no-such","messages":[],"{{field}}":{{value}}}""", HttpStatusCode.NotFound);

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-9223372036854775809")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("\"7\"")]
    public async Task Refuses_a_seed_that_is_no_whole_number(string value) => await AssertRefusedAsync(
        Chat, $$"""{"model":"no-such","messages":[],"seed":{{value}}}""", HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("NaN")]
    public async Task Refuses_what_is_no_number_in_fields_that_only_go_on(string value)
    {
        foreach (var field in (string[])["top_logprobs", "anything", "logit_bias\":{\"50256"])
        {
            var end = field.Contains('{') ? "}" : "";
            await AssertRefusedAsync(
                Chat, $$"""{"model":"no-such","messages":[],"{{field}}":{{value}}{{end}}}""",
                HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Refuses_every_wrong_number_of_a_ticket()
    {
        foreach (var value in (string[])[.. NeverNumbers, .. OutOfRange, "1.5", "1e-400", "2147483648"])
            await AssertRefusedAsync(
                Tickets, $$$"""{"body":"x","customer":{"recent_tickets":{{{value}}}}}""", HttpStatusCode.BadRequest);
        foreach (var field in (string[])["id", "channel", "subject", "order_id", "created_at"])
            foreach (var value in (string[])["1e400", "NaN", "7", "-7"])
                await AssertRefusedAsync(
                    Tickets, $$"""{"body":"x","{{field}}":{{value}}}""", HttpStatusCode.BadRequest);
        foreach (var value in (string[])["NaN", "-Infinity", "01"])
            await AssertRefusedAsync(
                Tickets, $$$"""{"body":"x","metadata":{"order_value":{{{value}}}}}""", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refuses_half_a_letter_in_every_text_of_a_chat_request()
    {
        foreach (var body in ChatTexts)
            foreach (var half in Halves)
                await AssertRefusedAsync(Chat, body.Replace("‡", half), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refuses_half_a_letter_in_every_text_of_a_ticket()
    {
        foreach (var body in TicketTexts)
            foreach (var half in Halves)
                await AssertRefusedAsync(Tickets, body.Replace("‡", half), HttpStatusCode.BadRequest);
        foreach (var half in Halves)
        {
            await AssertRefusedAsync(
                Tickets + "/any/messages", $$"""{"id":"{{half}}","text":"x"}""", HttpStatusCode.BadRequest);
            await AssertRefusedAsync(
                Tickets + "/any/actions", $$"""{"action":"{{half}}","by":"a"}""", HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e-400")]
    [InlineData("99999999999999999999")]
    [InlineData("-7")]
    [InlineData("\"much\"")]
    public async Task Decides_a_ticket_whose_order_is_worth_no_sum_of_money(string value)
    {
        using var api = server.Api();
        using var content = new StringContent(
            $$$"""{"body":"Do you have gift cards?","metadata":{"order_value":{{{value}}}}}""", Encoding.UTF8,
            "application/json");
        using var answer = await api.PostAsync(Tickets + "?wait=60s", content, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var decision = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.DoesNotContain(
            "failed", decision.RootElement.GetProperty("reasoning").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("NaNs")]
    [InlineData("Infinity")]
    [InlineData("Infinityms")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("soon")]
    public Task Refuses_a_wait_that_is_no_time(string wait) =>
        AssertRefusedAsync($"{Tickets}?wait={wait}", """{"body":"Do you have gift cards?"}""", HttpStatusCode.BadRequest);

    private async Task AssertRefusedAsync(string path, string body, HttpStatusCode expected)
    {
        using var caller = path == Chat ? await GatewayCallerAsync() : server.Api();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var length = answer.Content.Headers.ContentLength;
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);

        Assert.True(expected == answer.StatusCode,
            $"{path} {body}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        Assert.True(length is null || length == bytes.Length,
            $"{path} {body}: {length} bytes announced, {bytes.Length} sent");
        using var problem = JsonDocument.Parse(bytes);
        var said = path == Chat ? problem.RootElement.GetProperty("error").GetProperty("message")
            : problem.RootElement.GetProperty("detail");
        Assert.NotEmpty(said.GetString()!);
    }

    private async Task<HttpClient> GatewayCallerAsync()
    {
        var client = server.Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _secret ??= await MakeKeyAsync());
        return client;
    }

    private Task<string> MakeKeyAsync()
    {
        var name = "bad-values-" + TestContext.Current.Test!.UniqueID;
        return server.Services.GetRequiredService<VirtualKeyStore>()
            .CreateAsync(new VirtualKey { Id = name, Name = name }, "test", Token);
    }
}
