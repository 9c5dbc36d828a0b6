using Baton.Playbooks.Models;
using Baton.Testing.Conformance;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class AnthropicProviderTests : ProviderConformance
{
    protected override IChatClient Connect(Uri server, string key) =>
        SomePolicy.Chat(SomePolicy.Provider(ProviderKind.Anthropic, server.ToString()), key);

    [Theory]
    [InlineData("", "/v1/messages")]
    [InlineData("proxy/anthropic", "/proxy/anthropic/v1/messages")]
    public async Task The_endpoint_is_the_sdks_base_address(string endpoint, string path)
    {
        var client = SomePolicy.Chat(
            SomePolicy.Provider(ProviderKind.Anthropic, new Uri(Server.Address, endpoint).ToString()), Key);

        await client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(path, Server.Requests.Single().Path);
        Assert.NotEmpty(Server.Requests.Single().Headers["anthropic-version"]);
        Assert.Equal($"Bearer {Key}", Server.Requests.Single().Headers["Authorization"]);
    }
}
