using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Testing;

/// <summary>
/// A stand-in for Presidio's analyzer on the loopback interface: finds the names it is told to find, with offsets in
/// code points, and fails or waits on request.
/// </summary>
public sealed class StandInPresidio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandInPresidio(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First().TrimEnd('/') + "/");

    /// <summary>What it finds: the text of a finding and its entity type.</summary>
    public Dictionary<string, string> Known { get; } = [];

    /// <summary>When not 200, it answers <c>{"error"}</c> with this status.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>When set, it answers exactly this.</summary>
    public string? Answer { get; set; }

    /// <summary>True: it takes a request and does not answer until it is disposed.</summary>
    public bool Hangs { get; set; }

    /// <summary>The bodies it was sent.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Starts one on a free port.</summary>
    public static async Task<StandInPresidio> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var standIn = new StandInPresidio(app);
        app.MapGet("/health", () => "Presidio Analyzer service is up");
        app.MapPost("/analyze", standIn.AnalyzeAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>Stops listening; a hanging request ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task<IResult> AnalyzeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        lock (Requests) Requests.Add(body);
        if (Hangs) await _released.Task.WaitAsync(request.HttpContext.RequestAborted);
        if (Status != HttpStatusCode.OK) return Results.Json(new { error = "asked to fail" }, statusCode: (int)Status);
        if (Answer is not null) return Results.Text(Answer, "application/json");
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("text", out var text)
            || !json.RootElement.TryGetProperty("language", out _))
            return Results.Json(new { error = "No text or language provided" }, statusCode: 500);
        return Results.Json(Find(text.GetString()!));
    }

    private object[] Find(string text)
    {
        var findings = new List<object>();
        foreach (var (value, type) in Known)
        {
            for (var i = text.IndexOf(value, StringComparison.Ordinal); i >= 0; i = text.IndexOf(value, i + 1,
                StringComparison.Ordinal))
            {
                var start = text.AsSpan(0, i).ToString().EnumerateRunes().Count();
                findings.Add(new { entity_type = type, start, end = start + value.EnumerateRunes().Count(),
                    score = 0.85, analysis_explanation = (string?)null });
            }
        }
        return [.. findings];
    }
}
