using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Baton.Server.Tests.Processes;

/// <summary>The built program, serving a database, in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listens = "Baton listens on ", Key = "API key: ";
    private const int PortAttempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private ServerProcess(Process process, HttpClient http, string? key) =>
        (_process, Http, ApiKey) = (process, http, key);

    /// <summary>Knows the address and, when there is one, the key.</summary>
    public HttpClient Http { get; }

    /// <summary>Printed by the first start on a database only.</summary>
    public string? ApiKey { get; }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="key">The key of an earlier start.</param>
    /// <param name="settings">Environment variables.</param>
    public static Task<ServerProcess> StartAsync(
        Place place, string? key = null, params (string Name, string Value)[] settings) =>
        StartAsync(place, [], key, settings);

    /// <inheritdoc cref="StartAsync(Place, string, ValueTuple{string, string}[])"/>
    /// <param name="options">Of <c>baton serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(
        Place place, string[] options, string? key = null, params (string Name, string Value)[] settings)
    {
        for (var left = PortAttempts; ; left--)
        {
            if (await TryStartAsync(place, options, key, left == 1, settings) is { } server) return server;
        }
    }

    /// <summary>Null when somebody else took the port between our look and the server's start.</summary>
    private static async Task<ServerProcess?> TryStartAsync(
        Place place, string[] options, string? key, bool isLast, (string Name, string Value)[] settings)
    {
        var process = BatonProgram.Start(
            ["serve", "--urls", $"http://127.0.0.1:{FreePort()}", "--db", place.Database, "--playbook",
                place.Playbook, .. options], settings);
        var errors = process.StandardError.ReadToEndAsync();
        string? address = null;
        using var patience = new CancellationTokenSource(Patience);
        while (address is null || key is null)
        {
            if (await process.StandardOutput.ReadLineAsync(patience.Token) is not { } line)
            {
                var why = await errors.WaitAsync(patience.Token);
                process.Dispose();
                if (!isLast && why.Contains("address already in use", StringComparison.Ordinal)) return null;
                throw new InvalidOperationException($"the server ended: {why}");
            }
            if (line.StartsWith(Listens, StringComparison.Ordinal)) address = line[Listens.Length..].Trim();
            if (line.StartsWith(Key, StringComparison.Ordinal)) key = line[Key.Length..].Split(' ')[0];
        }
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
        {
            BaseAddress = new Uri(address), Timeout = Patience,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new ServerProcess(process, http, key);
    }

    /// <summary>Submits a ticket of a known customer.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string id, string body, string query = "") => Http.PostAsync(
        "/api/tickets" + query, new StringContent(
            $$"""{"id":"{{id}}","customer":{"id":"c-{{id}}","tier":"free"},"body":"{{body}}"}""",
            Encoding.UTF8, "application/json"));

    /// <summary><c>kill -9</c>.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        Http.Dispose();
        _process.Dispose();
    }

    /// <summary>With port 0 the server answers tool calls itself; these tests want them over the network.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsAccepted(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK;
}
