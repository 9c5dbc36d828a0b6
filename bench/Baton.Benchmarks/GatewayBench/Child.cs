using System.Diagnostics;
using System.Net.Sockets;

namespace Baton.Benchmarks.GatewayBench;

/// <summary>A server in a process of its own; stopped when disposed.</summary>
internal sealed class Child : IDisposable
{
    /// <summary>Makes a Node server listen on the loopback address only.</summary>
    private const string Loopback = """
        import net from 'node:net';
        const listen = net.Server.prototype.listen;
        net.Server.prototype.listen = function (options, ...rest) {
          if (typeof options === 'object' && options !== null && !options.path) options = { ...options, host: '127.0.0.1' };
          if (typeof options === 'number') {
            rest = rest.filter(r => typeof r === 'function');
            options = { port: options, host: '127.0.0.1' };
          }
          return listen.call(this, options, ...rest);
        };
        """;

    private readonly Process _process;

    private Child(Process process, string[] words) => (_process, Words) = (process, words);

    /// <summary>What the server said first: its address, then what belongs to it.</summary>
    public string[] Words { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double MemoryMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>This program again with another verb; it prints one line when it is ready.</summary>
    public static async Task<Child> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        // The settings of the product's own server.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("it did not start");
        return new Child(process, line.Split(' '));
    }

    public static async Task<Child> PortkeyAsync(string folder)
    {
        var port = FreePort();
        var preload = Path.Combine(Path.GetTempPath(), $"loopback-{port}.mjs");
        await File.WriteAllTextAsync(preload, Loopback);
        var server = Path.Combine(folder, "build", "start-server.js");
        var start = new ProcessStartInfo("node", ["--import", preload, server, $"--port={port}", "--headless"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Without it the package refuses upstreams on the loopback address.
        start.Environment["TRUSTED_CUSTOM_HOSTS"] = "127.0.0.1,localhost";
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync(port);
        File.Delete(preload);
        return new Child(process, [$"http://127.0.0.1:{port}"]);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task ReadyAsync(int port)
    {
        for (var attempt = 0; attempt < 150; attempt++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(200);
            }
        }
        throw new InvalidOperationException($"nothing listens on port {port} after 30 s");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
