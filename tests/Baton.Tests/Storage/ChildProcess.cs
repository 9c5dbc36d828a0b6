using System.Diagnostics;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage;

/// <summary>
/// This test program once more, running one explicit test on the same database. What it says goes to a file, line by
/// line, so that nothing is lost when it is killed.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Excludes tests by a trait that none has: the runner passes it over, and the child reads it.</summary>
    private const string PathArgument = "-trait-", PathPrefix = "database=", NamePrefix = "name=";

    private readonly Process _process;
    private readonly string _lines;

    private ChildProcess(Process process, string lines) => (_process, _lines) = (process, lines);

    public static ChildProcess Start(string database, string test, string name = "child")
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Baton.Tests.dll");
        var start = new ProcessStartInfo("dotnet",
        [
            program, "-explicit", "only", "-method", $"*.{test}",
            PathArgument, PathPrefix + database, PathArgument, NamePrefix + name,
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        File.WriteAllText(LinesOf(database, name), "");
        var process = Process.Start(start)!;
        // Read and forget, or a full pipe would stop the child.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new ChildProcess(process, LinesOf(database, name));
    }

    /// <summary>In the child: the database it was started for.</summary>
    public static Self OpenSelf() => new();

    public IReadOnlyList<string> Lines()
    {
        using var stream = new FileStream(_lines, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new StreamReader(stream).ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task WaitForLinesAsync(int count)
    {
        using var patience = new CancellationTokenSource(Until.Limit);
        while (Lines().Count < count)
        {
            Assert.False(patience.IsCancellationRequested, $"the child said {Lines().Count} of {count} lines");
            if (_process.HasExited) Assert.Fail($"the child ended: {await _process.StandardError.ReadToEndAsync()}");
            await Task.Delay(20);
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task ExitedAsync() => _process.WaitForExitAsync().WaitAsync(Until.Limit);

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private static string LinesOf(string database, string name) => $"{database}-{name}.lines";

    private static string Argument(string prefix) =>
        Environment.GetCommandLineArgs().First(a => a.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..];

    internal sealed class Self : IAsyncDisposable
    {
        private readonly StreamWriter _lines = new(new FileStream(
            LinesOf(Argument(PathPrefix), Argument(NamePrefix)), FileMode.Append, FileAccess.Write,
            FileShare.ReadWrite))
        {
            AutoFlush = true,
        };

        public Database Database { get; } = Database.Open(
            new DatabaseOptions { Path = Argument(PathPrefix) }, TimeProvider.System);

        public void Say(string line)
        {
            lock (_lines) _lines.Write($"{line}\n");
        }

        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            await _lines.DisposeAsync();
        }
    }
}
