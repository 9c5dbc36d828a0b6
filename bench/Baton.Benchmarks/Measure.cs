using System.Diagnostics;

namespace Baton.Benchmarks;

/// <summary>Wall time and processor time of this process between its creation and <see cref="Stop"/>.</summary>
internal sealed class Measure
{
    private readonly TimeSpan _cpu = Cpu();
    private readonly long _started = Stopwatch.GetTimestamp();

    public Measured Stop(int count) => new(count, Stopwatch.GetElapsedTime(_started), Cpu() - _cpu);

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}

internal sealed record Measured(int Count, TimeSpan Wall, TimeSpan Cpu)
{
    public double PerSecond => Count / Wall.TotalSeconds;

    /// <summary>Processor time per piece: steadier than the rate when the machine has other work.</summary>
    public double CpuMicros => Cpu.TotalMicroseconds / Count;
}
