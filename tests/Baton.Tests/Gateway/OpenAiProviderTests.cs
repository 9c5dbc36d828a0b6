using System.ClientModel;
using System.ClientModel.Primitives;
using Baton.Gateway;
using Baton.Playbooks.Models;
using Baton.Testing.Conformance;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class OpenAiProviderTests : ProviderConformance
{
    protected override IChatClient Connect(Uri server, string key) =>
        SomePolicy.Chat(SomePolicy.Provider(ProviderKind.OpenAi, new Uri(server, "v1").ToString()), key);

    [Theory]
    [InlineData("v1", "/v1/chat/completions")]
    [InlineData("", "/chat/completions")]
    [InlineData("openai/v1/", "/openai/v1/chat/completions")]
    [InlineData("a/b/v2", "/a/b/v2/chat/completions")]
    public async Task The_endpoint_is_used_as_written(string endpoint, string path)
    {
        var client = SomePolicy.Chat(
            SomePolicy.Provider(ProviderKind.OpenAi, new Uri(Server.Address, endpoint).ToString()), Key);

        await client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(path, Server.Requests.Single().Path);
    }

    [Fact]
    public async Task Old_servers_get_the_old_name_of_the_output_limit()
    {
        var provider = SomePolicy.Provider(
            ProviderKind.OpenAi, Server.Address.ToString()) with { LegacyMaxTokens = true };

        await SomePolicy.Chat(provider, Key).GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 31 }, Cancel);

        Assert.Contains("\"max_tokens\":31", Server.Requests.Single().Body);
    }

    [Fact]
    public async Task An_azure_identity_sends_its_token_for_the_scope()
    {
        // The SDK sends tokens over TLS only, so the network is replaced here.
        var provider = SomePolicy.Provider(ProviderKind.OpenAi, "https://example.test/openai/v1") with
        {
            Auth = ProviderAuth.AzureIdentity, TokenScope = "https://example.test/.default",
        };
        var tokens = new FixedTokens();
        using var network = new Redirected(Server.Address);

        await SomePolicy.Chat(provider, Key, tokens, network).GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal($"Bearer {Key}", Server.Requests.Single().Headers["Authorization"]);
        Assert.Equal("https://example.test/.default", tokens.Scope);
    }

    [Fact]
    public async Task A_missing_key_names_its_variable()
    {
        var error = await Assert.ThrowsAsync<GatewayException>(async () => await SomePolicy
            .Chat(SomePolicy.Provider(ProviderKind.OpenAi, Server.Address.ToString()), "")
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
