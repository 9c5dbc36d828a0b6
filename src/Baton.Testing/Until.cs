using System.Diagnostics;

namespace Baton.Testing;

/// <summary>Waits for something that other threads bring about, and fails instead of waiting for ever.</summary>
internal static class Until
{
    /// <summary>Far longer than anything takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Looks again and again, doing something in between, such as moving a clock.</summary>
    /// <exception cref="TimeoutException">It did not come about within <see cref="Limit"/>.</exception>
    public static async Task TrueAsync(Func<bool> condition, Action? between = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Limit) throw new TimeoutException($"not true within {Limit.TotalSeconds:0} s");
            between?.Invoke();
            await Task.Yield();
        }
    }
}
