using Baton.Conversations.Tallies;
using Baton.Storage;

namespace Baton.Insights.Board;

/// <summary>How long decisions took, of one name of a cut.</summary>
/// <param name="P50">Milliseconds that half took at most.</param>
/// <param name="P95">Milliseconds that nineteen of twenty took at most.</param>
public sealed record LatencyLine(string Name, long N, double P50, double P95)
{
    /// <summary>A line for each name, the most frequent first.</summary>
    internal static IReadOnlyList<LatencyLine> Read(ReadConnection connection, string cut, InsightPeriod period) =>
        [.. InsightReader.ByName(connection, TallyFigure.Latency, cut, period).Where(r => r.N > 0).GroupBy(r => r.Name)
            .Select(g => new LatencyLine(g.Key, g.Sum(r => r.N), At([.. g], 0.5), At([.. g], 0.95)))
            .OrderByDescending(l => l.N).ThenBy(l => l.Name, StringComparer.Ordinal)];

    /// <summary>The upper end of the step in which a part of them all is reached.</summary>
    private static double At(InsightRow[] steps, double part)
    {
        var wanted = part * steps.Sum(s => s.N);
        long seen = 0;
        foreach (var step in steps.OrderBy(s => s.Step))
            if ((seen += step.N) >= wanted) return LatencyStep.UpperMs(step.Step);
        return 0;
    }
}
