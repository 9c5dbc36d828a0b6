using Baton.Playbooks.Models;
using Baton.Testing.StandIn;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class EmbeddingProviderTests
{
    [Fact]
    public async Task Embeds_in_order_and_counts_tokens()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await StandInServer.StartAsync(cancellationToken: cancel);
        var catalog = SomePolicy.Catalog(
            SomePolicy.Provider(ProviderKind.OpenAi, new Uri(server.Address, "v1").ToString()), "k");

        var result = await catalog.Embeddings(catalog.Policy.Models[0]).GenerateAsync(
            ["red tent", "blue boots", "red tent"], new EmbeddingGenerationOptions { Dimensions = 32 }, cancel);

        Assert.Equal(32, result[0].Vector.Length);
        Assert.Equal(result[0].Vector.ToArray(), result[2].Vector.ToArray());
        Assert.NotEqual(result[0].Vector.ToArray(), result[1].Vector.ToArray());
        Assert.True(result.Usage!.InputTokenCount > 0);
    }
}
