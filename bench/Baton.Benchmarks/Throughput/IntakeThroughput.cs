using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Benchmarks.Throughput;

/// <summary>
/// How many tickets a second does a server accept over HTTP, each on the disk before its answer, while it decides them
/// at the same time? Beside it the same client against an endpoint that reads the body and does nothing.
/// </summary>
internal static class IntakeThroughput
{
    private const int Connections = 64;

    public static async Task<int> RunAsync(int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        try
        {
            var bodies = BenchTickets.Lines(tickets).ToList();
            await NoOpAsync(bodies);
            await BatonAsync(bodies, Path.Combine(folder, "serve.db"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The ceiling: in this process, so that it even saves a switch between processes.</summary>
    private static async Task NoOpAsync(IReadOnlyList<string> bodies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapPost("/api/tickets", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.Accepted();
        });
        await app.StartAsync();
        var result = await RawClient.SendAsync(new Uri(app.Urls.First()), "none", bodies, Connections);
        Console.WriteLine($"no-op endpoint {result.PerSecond:N0} requests/s, median {result.MedianMs:0.0} ms, p99 {result.P99Ms:0.0} ms");
    }

    private static async Task BatonAsync(IReadOnlyList<string> bodies, string database)
    {
        var watch = Stopwatch.StartNew();
        using var server = new BatonProcess("serve", "--urls", "http://127.0.0.1:0", "--db", database, "--demo");
        var (address, key) = await ReadyAsync(server.Output);
        var ready = watch.Elapsed;
        server.Look();
        Console.WriteLine($"start to ready {ready.TotalSeconds:0.00} s (models trained and cached), {server.NowMb:N0} MB");
        var before = server.Cpu;
        var result = await RawClient.SendAsync(address, key, bodies, Connections);
        server.Look();
        Console.WriteLine($"accepted       {result.PerSecond:N0} tickets/s, median {result.MedianMs:0.0} ms, p99 {result.P99Ms:0.0} ms, "
            + $"{Connections} connections, refused {result.Refused}");
        Console.WriteLine($"processor time {(server.Cpu - before).TotalMilliseconds / bodies.Count:0.00} ms per ticket, deciding included");
        Console.WriteLine($"peak memory    {server.PeakMb:N0} MB");
        watch.Restart();
        using var again = new BatonProcess("serve", "--urls", "http://127.0.0.1:0", "--db", database + "-2");
        await ReadyAsync(again.Output);
        Console.WriteLine($"second start   {watch.Elapsed.TotalSeconds:0.00} s (models from the cache)");
    }

    private static async Task<(Uri Address, string Key)> ReadyAsync(StreamReader output)
    {
        Uri? address = null;
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Baton listens on ", StringComparison.Ordinal)) address = new Uri(line[17..].Trim());
            if (line.StartsWith("API key: ", StringComparison.Ordinal)) return (address!, line[9..].Split(' ')[0]);
        }
        throw new InvalidOperationException("the server ended before it listened");
    }
}
