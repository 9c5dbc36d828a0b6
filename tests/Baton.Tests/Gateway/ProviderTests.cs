using System.ClientModel;
using System.ClientModel.Primitives;
using Baton.Gateway;
using Baton.Playbooks.Models;
using Baton.Testing.Conformance;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class OpenAiProviderTests : ProviderConformance
{
    protected override IChatClient Connect(Uri server, string key) =>
        Some.Chat(Some.Provider(ProviderKind.OpenAi, new Uri(server, "v1").ToString()), key);

    [Theory]
    [InlineData("v1", "/v1/chat/completions")]
    [InlineData("", "/chat/completions")]
    [InlineData("openai/v1/", "/openai/v1/chat/completions")]
    [InlineData("a/b/v2", "/a/b/v2/chat/completions")]
    public async Task The_endpoint_is_used_as_written(string endpoint, string path)
    {
        var client = Some.Chat(Some.Provider(ProviderKind.OpenAi, new Uri(Server.Address, endpoint).ToString()), Key);

        await client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(path, Server.Requests.Single().Path);
    }

    [Fact]
    public async Task Old_servers_get_the_old_name_of_the_output_limit()
    {
        var provider = Some.Provider(ProviderKind.OpenAi, Server.Address.ToString()) with { LegacyMaxTokens = true };

        await Some.Chat(provider, Key).GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 31 }, Cancel);

        Assert.Contains("\"max_tokens\":31", Server.Requests.Single().Body);
    }

    [Fact]
    public async Task An_azure_identity_sends_its_token_for_the_scope()
    {
        // The SDK sends tokens over TLS only, so the network is replaced here.
        var provider = Some.Provider(ProviderKind.OpenAi, "https://example.test/openai/v1") with
        {
            Auth = ProviderAuth.AzureIdentity, TokenScope = "https://example.test/.default",
        };
        var tokens = new FixedTokens();
        using var network = new Redirected(Server.Address);

        await Some.Chat(provider, Key, tokens, network).GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal($"Bearer {Key}", Server.Requests.Single().Headers["Authorization"]);
        Assert.Equal("https://example.test/.default", tokens.Scope);
    }

    [Fact]
    public async Task A_missing_key_names_its_variable()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(async () => await Some
            .Chat(Some.Provider(ProviderKind.OpenAi, Server.Address.ToString()), "")
            .GetResponseAsync("hi", cancellationToken: Cancel));

        Assert.Contains("STAND_IN_KEY", error.Message);
    }

    private sealed class Redirected(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class FixedTokens : AuthenticationTokenProvider
    {
        public string? Scope { get; private set; }

        public override GetTokenOptions CreateTokenOptions(IReadOnlyDictionary<string, object> properties) =>
            new(properties);

        public override AuthenticationToken GetToken(GetTokenOptions options, CancellationToken cancellationToken)
        {
            Scope = ((ReadOnlyMemory<string>)options.Properties[GetTokenOptions.ScopesPropertyName]).Span[0];
            return new AuthenticationToken(Key, "Bearer", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AuthenticationToken> GetTokenAsync(
            GetTokenOptions options, CancellationToken cancellationToken) =>
            new(GetToken(options, cancellationToken));
    }
}

public sealed class AnthropicProviderTests : ProviderConformance
{
    protected override IChatClient Connect(Uri server, string key) =>
        Some.Chat(Some.Provider(ProviderKind.Anthropic, server.ToString()), key);

    [Theory]
    [InlineData("", "/v1/messages")]
    [InlineData("proxy/anthropic", "/proxy/anthropic/v1/messages")]
    public async Task The_endpoint_is_the_sdks_base_address(string endpoint, string path)
    {
        var client = Some.Chat(Some.Provider(ProviderKind.Anthropic, new Uri(Server.Address, endpoint).ToString()), Key);

        await client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(path, Server.Requests.Single().Path);
        Assert.NotEmpty(Server.Requests.Single().Headers["anthropic-version"]);
        Assert.Equal($"Bearer {Key}", Server.Requests.Single().Headers["Authorization"]);
    }
}

public sealed class EmbeddingProviderTests
{
    [Fact]
    public async Task Embeds_in_order_and_counts_tokens()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await StandInServer.StartAsync(cancellationToken: cancel);
        var catalog = Some.Catalog(Some.Provider(ProviderKind.OpenAi, new Uri(server.Address, "v1").ToString()), "k");

        var result = await catalog.Embeddings(catalog.Policy.Models[0]).GenerateAsync(
            ["red tent", "blue boots", "red tent"], new EmbeddingGenerationOptions { Dimensions = 32 }, cancel);

        Assert.Equal(32, result[0].Vector.Length);
        Assert.Equal(result[0].Vector.ToArray(), result[2].Vector.ToArray());
        Assert.NotEqual(result[0].Vector.ToArray(), result[1].Vector.ToArray());
        Assert.True(result.Usage!.InputTokenCount > 0);
    }
}
