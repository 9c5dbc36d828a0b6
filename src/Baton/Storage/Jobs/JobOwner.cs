using System.Diagnostics;
using System.Globalization;

namespace Baton.Storage.Jobs;

/// <summary>
/// Who holds a lease. It names the process, so that the next start on the same machine can see that the holder has
/// died and need not wait for its leases to end. A wrong guess does no harm: the fence refuses the slower of two.
/// </summary>
internal static class JobOwner
{
    /// <summary>Start times of one process, read by two processes, differ by a few clock ticks of the kernel.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static string Current { get; } = Describe();

    /// <summary>True when the holder was a process of this machine that is not running any more.</summary>
    public static bool HasDied(string owner)
    {
        var parts = owner.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName) return false;
        if (!int.TryParse(parts[1], out var id) || !long.TryParse(parts[2], out var startedMs)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return (StartOf(process) - DateTimeOffset.FromUnixTimeMilliseconds(startedMs)).Duration() > Tolerance;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It runs and belongs to another account.
            return false;
        }
    }

    private static string Describe()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName}/{process.Id}/{StartOf(process).ToUnixTimeMilliseconds()}");
    }

    private static DateTimeOffset StartOf(Process process) => process.StartTime.ToUniversalTime();
}
