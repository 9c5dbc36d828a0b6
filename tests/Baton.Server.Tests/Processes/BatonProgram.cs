using System.Diagnostics;
using Baton.Testing;

namespace Baton.Server.Tests.Processes;

/// <summary>The built <c>baton</c> program.</summary>
internal static class BatonProgram
{
    /// <summary>Longer than any verb takes in a test on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Of customers' texts, where no file stands beside which they could be.</summary>
    private static readonly string Keys = Path.Combine(Path.GetTempPath(), $"baton-keys-{Environment.ProcessId}");

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Baton.Server.dll");

    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The tests' order systems listen on this machine, which tools may not call unasked.
        start.Environment["BATON__Tools__PrivateHosts__0"] = "127.0.0.1";
        if (PostgresCluster.Wanted) start.Environment["BATON__Storage__Keys"] = Keys;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"baton {string.Join(' ', arguments)} did not end within {Patience}");
        }
        return new Ended(process.ExitCode, await output, await errors);
    }
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
