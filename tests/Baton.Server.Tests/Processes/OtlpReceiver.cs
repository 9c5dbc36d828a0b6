using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Server.Tests.Processes;

/// <summary>Takes what is exported over OTLP/HTTP and keeps it as it came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? Key, string Body)> _exports = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Everything that came.</summary>
    public IEnumerable<string> Bodies => _exports.Select(e => e.Body);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            // Texts are UTF-8 inside protobuf; the bytes between them do not matter here.
            receiver._exports.Enqueue(
                (http.Request.Path, http.Request.Headers["x-key"], Encoding.UTF8.GetString(body.ToArray())));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The first export that holds a text; fails after a minute.</summary>
    public async Task<(string Path, string? Key, string Body)> WaitAsync(string path, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!patience.IsCancellationRequested)
        {
            if (_exports.FirstOrDefault(
                e => e.Path == path && e.Body.Contains(text, StringComparison.Ordinal)) is { Path: not null } found)
                return found;
            await Task.Delay(50, CancellationToken.None);
        }
        throw new TimeoutException($"no export to {path} held '{text}'; {_exports.Count} came");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
