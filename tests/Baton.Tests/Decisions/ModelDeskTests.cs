using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Tests of a desk whose models are a stand-in server of their own.</summary>
public abstract class ModelDeskTests : IAsyncLifetime
{
    internal StandInServer Server { get; private set; } = null!;

    /// <summary>Started by each test, with the models it needs.</summary>
    internal Desk Desk { get; set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StandInServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Desk is not null) await Desk.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
