using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Baton.Testing;

namespace Baton.Server.Tests.Telemetry;

/// <summary>A Prometheus of its own that reads one server every second.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-prometheus-");
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusProcess(int port)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("/usr/bin/prometheus",
            [
                $"--config.file={Path.Combine(_folder.FullName, "prometheus.yml")}",
                $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}", $"--web.listen-address=127.0.0.1:{port}",
                "--log.level=error",
            ]) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
    }

    /// <summary>Starts it and waits until it has read the server once.</summary>
    public static async Task<PrometheusProcess> StartAsync(ServerFixture server, CancellationToken cancellationToken)
    {
        var prometheus = new PrometheusProcess(FreePort());
        await File.WriteAllTextAsync(Path.Combine(prometheus._folder.FullName, "key"), server.Key, cancellationToken);
        File.Copy(Path.Combine(Deploy(server), "prometheus", "alerts.yml"),
            Path.Combine(prometheus._folder.FullName, "alerts.yml"));
        // The shipped configuration, with this server, its key and a shorter time.
        var text = await File.ReadAllTextAsync(
            Path.Combine(Deploy(server), "prometheus", "prometheus.yml"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(prometheus._folder.FullName, "prometheus.yml"), text
            .Replace("/etc/prometheus/baton-key", Path.Combine(prometheus._folder.FullName, "key"), StringComparison.Ordinal)
            .Replace("127.0.0.1:5280", server.Address.Authority, StringComparison.Ordinal)
            .Replace("scrape_interval: 15s", "scrape_interval: 1s", StringComparison.Ordinal), cancellationToken);
        prometheus._process.Start();
        _ = prometheus._process.StandardError.ReadToEndAsync(cancellationToken);
        _ = prometheus._process.StandardOutput.ReadToEndAsync(cancellationToken);
        await UntilAsync(() => prometheus.IsUpAsync(cancellationToken));
        return prometheus;
    }

    /// <summary>The folder with the shipped files.</summary>
    public static string Deploy(ServerFixture server) => Path.GetFullPath(Path.Combine(server.Playbook, "..", "..", "deploy"));

    /// <summary>Asks again and again, and fails instead of asking for ever.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Until.Limit) throw new TimeoutException($"not within {Until.Limit.TotalSeconds:0} s");
            await Task.Yield();
        }
    }

    /// <summary>Names of all that was read.</summary>
    public async Task<HashSet<string>> NamesAsync(CancellationToken cancellationToken) =>
        [.. (await _http.GetFromJsonAsync<JsonObject>("/api/v1/label/__name__/values", cancellationToken))!["data"]!
            .AsArray().Select(name => (string)name!)];

    /// <summary>What is wrong with an expression, or null.</summary>
    public async Task<string?> ProblemAsync(string expression, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(
            $"/api/v1/query?query={Uri.EscapeDataString(expression)}", cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return (string?)body!["status"] == "success" ? null : (string?)body["error"];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var body = await _http.GetFromJsonAsync<JsonObject>("/api/v1/query?query=up", cancellationToken);
            return body!["data"]!["result"]!.AsArray().Any(r => (string?)r!["value"]![1] == "1");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
