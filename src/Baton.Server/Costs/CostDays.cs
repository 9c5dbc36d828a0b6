using System.Globalization;
using Baton.Gateway.Money;
using Baton.Playbooks;

namespace Baton.Server.Costs;

/// <summary>Days for a chart.</summary>
internal static class CostDays
{
    /// <summary>The lines with a line of zero for every day between on which nothing was spent.</summary>
    public static IReadOnlyList<CostLine> Filled(IReadOnlyList<CostLine> days, DateTimeOffset from, DateTimeOffset to)
    {
        var known = days.ToDictionary(d => d.Name);
        var filled = new List<CostLine>();
        for (var day = from.UtcDateTime.Date; day <= to.UtcDateTime.Date; day = day.AddDays(1))
        {
            var name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            filled.Add(known.GetValueOrDefault(name) ?? new CostLine(name, 0, 0, Usd.Zero, Usd.Zero));
        }
        return filled;
    }
}
