using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Baton.Benchmarks.Throughput;

/// <summary>The built program in a process of its own, and what it costs.</summary>
internal sealed class BatonProcess : IDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public BatonProcess(params string[] arguments) : this(null, arguments) { }

    /// <param name="program">Another release's program; null: the one of this tree.</param>
    public BatonProcess(string? program, string[] arguments)
    {
        program ??= Path.Combine(Root, "artifacts", "bin", "Baton.Server", "release", "Baton.Server.dll");
        if (!File.Exists(program)) throw new FileNotFoundException("build src/Baton.Server in Release first", program);
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, WorkingDirectory = Root,
            // As ./baton starts it.
            Environment = { ["DOTNET_GCgen0size"] = "0x1000000" },
        })!;
        _watching = WatchAsync();
    }

    /// <summary>The source tree, found from the program's own place.</summary>
    public static string Root { get; } = FindRoot();

    public StreamReader Output => _process.StandardOutput;

    /// <summary>Processor time as last seen.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>Largest resident memory as last seen, MB; zero where the system does not tell.</summary>
    public double PeakMb { get; private set; }

    /// <summary>Resident memory as last seen, MB.</summary>
    public double NowMb { get; private set; }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _stop.CancelAsync();
        await _watching;
        return _process.ExitCode;
    }

    /// <summary>Reads the figures now.</summary>
    public void Look()
    {
        try
        {
            _process.Refresh();
            Cpu = _process.TotalProcessorTime;
            foreach (var line in File.ReadLines($"/proc/{_process.Id}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal)) PeakMb = Mb(line);
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal)) NowMb = Mb(line);
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException
            or Win32Exception or UnauthorizedAccessException)
        {
            // It ended, or this system has no /proc: the last figures stand.
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _stop.Cancel();
        _process.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Look();
            await Task.Delay(100, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static double Mb(string line) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the benchmark");
    }
}
