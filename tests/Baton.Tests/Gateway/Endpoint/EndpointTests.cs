using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using OpenAI;
using OpenAI.Chat;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>The official C# SDK and plain HTTP against the gateway's own endpoint.</summary>
public sealed class EndpointTests : OnEndpoint
{
    [Fact]
    public async Task The_sdk_gets_an_answer_with_receipt_model_and_cost_in_headers()
    {
        var result = await (await Client()).CompleteChatAsync("Write to jane@example.com");

        Assert.Contains("not a model", result.Value.Content[0].Text);
        var headers = result.GetRawResponse().Headers;
        Assert.True(headers.TryGetValue("X-Baton-Receipt", out var id) && id!.StartsWith("rc_"));
        Assert.True(headers.TryGetValue("X-Baton-Cost-Usd", out var cost) && decimal.Parse(cost!) > 0);
        Assert.True(result.Value.Usage.InputTokenCount > 0);
        Assert.DoesNotContain("jane@", Fixture.One.Requests.Single().Body);
    }

    [Fact]
    public async Task The_sdk_streams_text_and_usage()
    {
        Fixture.One.Script =
            Says(new StandInAnswer { Text = "one two three", ChunkChars = 2, InputTokens = 40, OutputTokens = 7 });
        var text = "";
        ChatTokenUsage? usage = null;

        await foreach (var update in (await Client()).CompleteChatStreamingAsync("count"))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Equal("one two three", text);
        Assert.Equal(40, usage?.InputTokenCount);
    }

    [Fact]
    public async Task The_sdk_calls_tools_and_sends_results_back()
    {
        Fixture.One.Script = StandInScript.Parse("""
            { "rules": [ { "after_tool": true, "answer": { "text": "It is in Lyon." } },
                         { "answer": { "tool_calls": [ { "name": "lookup", "arguments": { "order": "A-1" } } ] } } ] }
            """);
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("lookup", "Finds.", BinaryData.FromString("""{"type":"object"}""")) },
        };
        List<OpenAI.Chat.ChatMessage> messages = [new UserChatMessage("Where is A-1?")];
        var client = await Client();

        var first = (await client.CompleteChatAsync(messages, options)).Value;
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(first.ToolCalls[0].Id, "Lyon"));
        var second = (await client.CompleteChatAsync(messages, options)).Value;

        Assert.Equal(OpenAI.Chat.ChatFinishReason.ToolCalls, first.FinishReason);
        Assert.Equal("A-1", JsonDocument.Parse(first.ToolCalls[0].FunctionArguments).RootElement.GetProperty("order")
            .GetString());
        Assert.Equal("It is in Lyon.", second.Content[0].Text);
    }

    [Fact]
    public async Task The_sdk_gets_structured_answers()
    {
        var options = new ChatCompletionOptions
        {
            ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat("t", BinaryData.FromString(
                """{"type":"object","properties":{"intent":{"enum":["refund"]}},"required":["intent"]}""")),
        };

        var answer = await (await Client()).CompleteChatAsync([new UserChatMessage("x")], options);

        Assert.Equal("""{"intent":"refund"}""", answer.Value.Content[0].Text);
    }

    [Fact]
    public async Task The_sdk_embeds()
    {
        var client = new OpenAI.Embeddings.EmbeddingClient(
            "vectors", new ApiKeyCredential(await Host.Key()), Options());

        var vectors = (await client.GenerateEmbeddingsAsync(["a", "b"])).Value;

        Assert.Equal(2, vectors.Count);
        Assert.Equal(64, vectors[0].ToFloats().Length);
        Assert.True(vectors.Usage.InputTokenCount > 0);
    }

    [Fact]
    public async Task Models_lists_what_the_key_may_use()
    {
        var secret = await Host.Key(key => key with { Models = ["commodity"] });

        var (status, body) = await Send(HttpMethod.Get, "models", secret);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("commodity", body.GetProperty("data").EnumerateArray().Single().GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("bk_wrong", """{"model":"small","messages":[{"role":"user","content":"x"}]}""", 401, "invalid_api_key")]
    [InlineData(null, """{"model":"none","messages":[{"role":"user","content":"x"}]}""", 400, null)]
    [InlineData(null, """{"messages":[]}""", 400, null)]
    [InlineData(null, "{", 400, null)]
    public async Task Errors_have_openais_form(string? secret, string body, int status, string? code)
    {
        var (answered, error) = await Send(HttpMethod.Post, "chat/completions", secret ?? await Host.Key(), body);

        Assert.Equal(status, (int)answered);
        Assert.NotEmpty(error.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Equal(code, error.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_key_over_its_rate_is_told_to_wait()
    {
        var secret = await Host.Key(key => key with { RequestsPerMinute = 1 });

        await Send(HttpMethod.Get, "models", secret);
        var (status, _) = await Send(HttpMethod.Get, "models", secret);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task A_key_over_its_budget_is_refused_and_tags_are_on_its_receipts()
    {
        var secret = await Host.Key(key => key with
        {
            Budget = new KeyBudget(new Usd(0.0045m), BudgetPeriod.Month),
            Tags = new Dictionary<string, string> { ["cost-center"] = "42" },
        });
        Fixture.One.Script = Says(new StandInAnswer { Text = "x", InputTokens = 100, OutputTokens = 1000 });

        var (first, _) = await Send(HttpMethod.Post, "chat/completions", secret, Ask("small"));
        var (second, error) = await Send(HttpMethod.Post, "chat/completions", secret, Ask("small"));

        Assert.Equal(HttpStatusCode.OK, first);
        Assert.Equal(HttpStatusCode.PaymentRequired, second);
        Assert.Equal("budget_exceeded", error.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("42", (await Fixture.Receipts()).Single().Tags["cost-center"]);
        await Fixture.Reconcile();
    }

    [Fact]
    public async Task Passthrough_sends_the_request_as_it_is_and_writes_a_receipt()
    {
        var secret = await Host.Key(key => key with { Passthrough = true });

        await Send(HttpMethod.Post, "chat/completions", secret,
            """{"model":"small","reasoning_effort":"low","messages":[{"role":"user","content":"I am jane@example.com"}]}""");

        Assert.Contains("jane@example.com", Fixture.One.Requests.Single().Body);
        Assert.Contains("\"reasoning_effort\":\"low\"", Fixture.One.Requests.Single().Body);
        Assert.Equal(ReceiptStatus.Answered, (await Fixture.Receipts()).Single().Status);
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_with_an_error_event()
    {
        Fixture.One.Script = new StandInScript
        {
            Rules = [new StandInRule { Fault = StandInFault.CutStream,
                Answer = new StandInAnswer { Text = new string('x', 300) } }],
        };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, "chat/completions"))
        {
            Content = new StringContent(Ask("small", stream: true), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", await Host.Key());

        using var response = await http.SendAsync(request, Cancel);
        var events = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Contains("\"content\":\"xxx", events);
        Assert.EndsWith("}\n\n", events);
        Assert.Contains("\"code\":\"provider_failed\"", events);
        Assert.DoesNotContain("[DONE]", events);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Ask(string model, bool stream = false) => JsonSerializer.Serialize(new
    {
        model, stream, messages = new[] { new { role = "user", content = "hello" } },
    });

    private static StandInScript Says(StandInAnswer answer) => new() { Otherwise = answer };

    private OpenAIClientOptions Options() => new() { Endpoint = Host.Address, RetryPolicy = new ClientRetryPolicy(0) };

    private async Task<ChatClient> Client() => new("commodity", new ApiKeyCredential(await Host.Key()), Options());

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(
        HttpMethod method, string path, string secret, string? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Host.Address, path));
        request.Headers.Authorization = new("Bearer", secret);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancel);
        return (response.StatusCode,
            JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel)));
    }
}
