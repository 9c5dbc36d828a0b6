using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Server.Tests.Processes;

/// <summary>An order system that keeps every caller waiting until it is opened.</summary>
internal sealed class SlowShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _open = new();
    private readonly TaskCompletionSource _called = new();
    private int _calls;

    private SlowShop(WebApplication app)
    {
        _app = app;
        app.MapGet("/orders/{id}", async (string id) =>
        {
            Interlocked.Increment(ref _calls);
            _called.TrySetResult();
            await _open.Task;
            return Results.Json(new { order = new { id, status = "shipped" } });
        });
    }

    public Uri Address => new(_app.Urls.First());

    public int Calls => _calls;

    /// <summary>Done when the first caller waits.</summary>
    public Task Called => _called.Task.WaitAsync(TimeSpan.FromSeconds(120));

    public static async Task<SlowShop> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var shop = new SlowShop(builder.Build());
        await shop._app.StartAsync();
        return shop;
    }

    public void Open() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _app.DisposeAsync();
    }
}
