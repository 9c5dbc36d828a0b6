using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.StandIn;

/// <summary>
/// A server that speaks the wire protocols of OpenAI and Anthropic and answers from a script. It is not a model: it is
/// for tests, demos and load tests, where a real model would be slow, dear and different every time.
/// </summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StandInRequest> _requests = new();
    private StandInPlanner _planner;

    private StandInServer(WebApplication app, StandInScript script)
    {
        _app = app;
        _planner = new StandInPlanner(script);
    }

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What it says. May be replaced while it runs; <see cref="StandInRule.Times"/> counts anew.</summary>
    public StandInScript Script
    {
        get => Volatile.Read(ref _planner).Script;
        set => Volatile.Write(ref _planner, new StandInPlanner(value));
    }

    /// <summary>What came over the wire, oldest first.</summary>
    public IReadOnlyList<StandInRequest> Requests => [.. _requests];

    /// <summary>Starts on a free port of the loopback address, or on <paramref name="url"/>.</summary>
    public static async Task<StandInServer> StartAsync(
        StandInScript? script = null, string url = "http://127.0.0.1:0", CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.Urls.Add(url);
        var server = new StandInServer(app, script ?? new StandInScript());
        new StandInEndpoints(() => Volatile.Read(ref server._planner), server.Keep).Map(app);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Address = new Uri(addresses!.Addresses.First());
        return server;
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private void Keep(StandInRequest request)
    {
        var limit = Script.KeepRequests;
        if (limit == 0) return;
        _requests.Enqueue(request);
        while (_requests.Count > limit) _requests.TryDequeue(out _);
    }
}
