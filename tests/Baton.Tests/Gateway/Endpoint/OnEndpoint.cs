using Baton.Playbooks.Models;

namespace Baton.Tests.Gateway.Endpoint;

/// <summary>Starts the endpoint for each test, with a model of vectors beside those of the fixture.</summary>
public abstract class OnEndpoint : IAsyncLifetime
{
    private protected GatewayFixture Fixture { get; private set; } = null!;

    private protected EndpointHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fixture = await GatewayFixture.StartAsync();
        Fixture.Policy = Fixture.Policy with
        {
            Models = [.. Fixture.Policy.Models,
                SomePolicy.Model("vectors") with { Capabilities = ModelCapabilities.Embeddings }],
        };
        Prepare();
        Host = await EndpointHost.StartAsync(Fixture);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the tests need before the endpoint starts.</summary>
    private protected virtual void Prepare() { }
}
