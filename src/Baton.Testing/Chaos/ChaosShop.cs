using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.Chaos;

/// <summary>An order system that takes its time, so that kills meet turns in flight.</summary>
internal sealed class ChaosShop : IAsyncDisposable
{
    /// <summary>Orders whose number is divisible by five take the longer time.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100), Slow = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;

    private ChaosShop(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<ChaosShop> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/orders/{id}", async (string id, CancellationToken cancellationToken) =>
        {
            await Task.Delay(id[^1] is '0' or '5' ? Slow : Quick, cancellationToken);
            return Results.Json(new { order = new { id, status = "shipped" } });
        });
        await app.StartAsync().ConfigureAwait(false);
        return new ChaosShop(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
