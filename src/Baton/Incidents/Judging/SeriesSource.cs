using Baton.Insights.Measuring;

namespace Baton.Incidents.Judging;

/// <summary>
/// Where series come from: the database while Baton runs, arrays in a simulation. Times are minutes since 1970.
/// </summary>
internal sealed record SeriesSource
{
    /// <summary>What was counted in minutes, both ends included.</summary>
    public required Func<string, long, long, SeriesSlot> Sum { get; init; }

    /// <summary>What was counted in an hour since 1970; zero where nothing was.</summary>
    public required Func<string, long, SeriesSlot> Hour { get; init; }

    /// <summary>The most that was seen of each name in minutes, both ends included.</summary>
    public required Func<string, long, long, IReadOnlyDictionary<string, double>> Most { get; init; }

    /// <summary>Counts of steps of a latency in minutes, both ends included.</summary>
    public required Func<long, long, IReadOnlyDictionary<int, long>> Latencies { get; init; }

    /// <summary>The first hour of which anything is known; null: of none.</summary>
    public required long? FirstHour { get; init; }
}
