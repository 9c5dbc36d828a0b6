using Baton.Evaluation;
using Baton.Gateway.Money;

namespace Baton.Server.Costs;

/// <summary>Cost per month of so many tickets a day, from the measured mix.</summary>
/// <param name="PerMonth">USD.</param>
/// <param name="Low">Lower end of the 95 % interval, USD.</param>
/// <param name="High">Upper end of the 95 % interval, USD.</param>
public sealed record CostProjection(
    int Tickets, double PerTicket, double PerDay, double PerMonth, double Low, double High)
{
    /// <summary>
    /// Above it tickets are drawn for the interval: the resampling takes a time that grows with them.
    /// </summary>
    private const int MostResampled = 20_000;

    /// <summary>The projection, or null when no ticket was measured.</summary>
    public static CostProjection? Of(CostReport report, double perDay, int seed)
    {
        var tickets = report.PerTicket.Select(c => (double)c.Amount).ToArray();
        if (tickets.Length == 0) return null;
        var mean = tickets.Average();
        // Resampling tickets keeps the tail in, which a mean ± deviation of a skewed cost would not.
        var drawn = tickets.Length <= MostResampled ? tickets : new Random(seed).GetItems(tickets, MostResampled);
        var interval = Interval.Bootstrap(drawn.Length, picks => picks.Average(i => drawn[i]), seed);
        // The mean of fewer tickets spreads wider, by the square root of how many fewer.
        var scale = Math.Sqrt((double)drawn.Length / tickets.Length);
        var centre = drawn.Average();
        var perMonth = perDay * CostForecast.DaysPerMonth;
        return new CostProjection(tickets.Length, mean, perDay, mean * perMonth,
            (mean + (interval.Low - centre) * scale) * perMonth, (mean + (interval.High - centre) * scale) * perMonth);
    }
}
