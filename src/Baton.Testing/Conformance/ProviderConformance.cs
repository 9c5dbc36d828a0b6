using System.Text.Json;
using Baton.Gateway;
using Baton.Gateway.Providers;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What the gateway expects of every model provider. Derive, connect to the stand-in in your protocol, and inherit the
/// tests.
/// </summary>
public abstract class ProviderConformance : IAsyncLifetime
{
    private static readonly StandInToolCall Lookup = new(
        "lookup_order", JsonSerializer.Deserialize<JsonElement>("""{"order":"A-17","deep":{"n":2}}"""));

    /// <summary>The server under the provider; set before each test.</summary>
    protected StandInServer Server { get; private set; } = null!;

    /// <summary>A key that the server accepts.</summary>
    protected const string Key = "key-of-the-stand-in";

    /// <summary>The provider's client for the model <c>stand-in</c> at the server's address.</summary>
    protected abstract IChatClient Connect(Uri server, string key);

    [Fact]
    public async Task Answers_with_text_and_names_the_model()
    {
        Says(new StandInAnswer { Text = "Hello there", Model = "stand-in-2026" });

        var response = await Client().GetResponseAsync(Ask("Hi"), Limit, Cancel);

        Assert.Equal("Hello there", response.Text);
        Assert.Equal("stand-in-2026", response.ModelId);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Streams_the_same_text_that_it_would_answer()
    {
        Says(new StandInAnswer { Text = "One two three four", ChunkChars = 3 });

        var updates = await Stream(Ask("Count"));

        Assert.Equal("One two three four", string.Concat(updates.Select(u => u.Text)));
        Assert.True(updates.Count(u => u.Text.Length > 0) > 3, "the text came in pieces");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Counts_input_with_what_came_from_and_went_to_the_cache(bool streaming)
    {
        Says(new StandInAnswer
        {
            Text = "ok", InputTokens = 100, CachedTokens = 60, CacheWriteTokens = 15, OutputTokens = 9,
        });

        var response = await Respond(Ask("x"), streaming);

        Assert.Equal(new Tokens(100, 60, 15, 9), Tokens.Of(response.Usage!));
    }

    [Fact]
    public async Task Sends_instructions_and_conversation()
    {
        var options = new ChatOptions { MaxOutputTokens = 50, Instructions = "Be brief." };
        ChatMessage[] messages =
            [new(ChatRole.User, "First"), new(ChatRole.Assistant, "Second"), new(ChatRole.User, "Third")];

        await Client().GetResponseAsync(messages, options, Cancel);

        var body = Server.Requests.Single().Body;
        foreach (var text in (string[])["Be brief.", "First", "Second", "Third"]) Assert.Contains(text, body);
        Assert.Contains("50", body);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Calls_tools(bool streaming)
    {
        Says(new StandInAnswer { ToolCalls = [Lookup, Lookup], ChunkChars = 4 });

        var response = await Respond(Ask("Where is A-17?"), streaming, WithTool());

        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(2, calls.Count);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal("lookup_order", calls[0].Name);
        Assert.Equal("A-17", calls[0].Arguments!["order"]!.ToString());
        Assert.NotEqual(calls[0].CallId, calls[1].CallId);
        Assert.Contains("Finds an order", Server.Requests.Single().Body);
    }

    [Fact]
    public async Task Sends_tool_results_back_with_their_call()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Where is A-17?"),
            new(ChatRole.Assistant, [new FunctionCallContent("call-1", "lookup_order",
                new Dictionary<string, object?> { ["order"] = "A-17" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "It is in Lyon.")]),
        ];

        await Client().GetResponseAsync(messages, WithTool(), Cancel);

        var body = Server.Requests.Single().Body;
        Assert.Contains("It is in Lyon.", body);
        Assert.Equal(2, body.Split("call-1").Length - 1);
    }

    [Fact]
    public async Task Asks_for_a_json_schema()
    {
        var schema = JsonSerializer.Deserialize<JsonElement>(
            """
            {"type":"object","properties":{"intent":{"enum":["refund"]}},"required":["intent"],"additionalProperties":false}
            """);
        var options = new ChatOptions
        {
            MaxOutputTokens = 50, ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "triage"),
        };

        var response = await Client().GetResponseAsync(Ask("x"), options, Cancel);

        Assert.Equal("""{"intent":"refund"}""", response.Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_refusal_is_an_outcome(bool streaming)
    {
        Says(new StandInAnswer { Refusal = "I will not do that." });

        var response = await Respond(Ask("x"), streaming);

        Assert.True(response.IsRefusal());
        Assert.True(response.Usage!.InputTokenCount > 0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_rate_limit_says_when_to_come_back(bool streaming)
    {
        Server.Script = Fails(StandInFault.RateLimit);

        var error = await Fails(streaming);

        Assert.Equal(GatewayFailure.RateLimited, error.Failure);
        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(StandInFault.ServerError, false), InlineData(StandInFault.ServerError, true)]
    [InlineData(StandInFault.Overloaded, false), InlineData(StandInFault.Overloaded, true)]
    [InlineData(StandInFault.MalformedJson, false), InlineData(StandInFault.MalformedJson, true)]
    [InlineData(StandInFault.CutStream, false), InlineData(StandInFault.CutStream, true)]
    public async Task A_failing_server_is_transient_and_asked_once(StandInFault fault, bool streaming)
    {
        Server.Script = Fails(fault);

        var error = await Fails(streaming);

        Assert.Equal(GatewayFailure.ProviderFailed, error.Failure);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_wrong_key_is_a_matter_of_configuration()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(
            () => Connect(Server.Address, "wrong").GetResponseAsync(Ask("x"), Limit, Cancel));

        Assert.Equal(GatewayFailure.Misconfigured, error.Failure);
        Assert.DoesNotContain("wrong", error.Message.Replace("Wrong API key", ""));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_transient()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(
            () => Connect(new Uri("http://127.0.0.1:1/"), Key).GetResponseAsync(Ask("x"), Limit, Cancel));

        Assert.Equal(GatewayFailure.ProviderFailed, error.Failure);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Cancellation_is_no_failure(bool streaming)
    {
        Server.Script = Fails(StandInFault.Timeout);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Respond(Ask("x"), streaming, null, cancel.Token));
    }

    [Fact]
    public async Task A_long_conversation_with_every_script_arrives_unchanged()
    {
        const string text = "Grüße 你好 🧗 \"quoted\" \\ </script> \u0001 line\nbreak";
        Says(new StandInAnswer { Text = "{last_user_message}", ChunkChars = 1 });

        var response = await Respond(Ask(text), streaming: false);

        Assert.Equal(text, response.Text);
    }

    public async ValueTask InitializeAsync() =>
        Server = await StandInServer.StartAsync(new StandInScript { ApiKey = Key }, cancellationToken: Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ChatOptions Limit => new() { MaxOutputTokens = 200 };

    private static ChatMessage[] Ask(string text) => [new(ChatRole.User, text)];

    private IChatClient Client() => Connect(Server.Address, Key);

    private void Says(StandInAnswer answer) => Server.Script = new StandInScript { ApiKey = Key, Otherwise = answer };

    private static StandInScript Fails(StandInFault fault) => new()
    {
        ApiKey = Key, Rules = [new StandInRule { Fault = fault, RetryAfterSeconds = 7 }],
    };

    private static ChatOptions WithTool() => new()
    {
        MaxOutputTokens = 200,
        Tools = [AIFunctionFactory.CreateDeclaration("lookup_order", "Finds an order.",
            JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{"order":{"type":"string"}}}"""))],
    };

    private async Task<GatewayException> Fails(bool streaming) =>
        await Assert.ThrowsAsync<GatewayException>(() => Respond(Ask("x"), streaming));

    private async Task<ChatResponse> Respond(
        ChatMessage[] messages, bool streaming, ChatOptions? options = null, CancellationToken? token = null)
    {
        if (!streaming) return await Client().GetResponseAsync(messages, options ?? Limit, token ?? Cancel);
        return (await Stream(messages, options, token)).ToChatResponse();
    }

    private async Task<List<ChatResponseUpdate>> Stream(
        ChatMessage[] messages, ChatOptions? options = null, CancellationToken? token = null)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Client().GetStreamingResponseAsync(messages, options ?? Limit, token ?? Cancel))
            updates.Add(update);
        return updates;
    }
}
