using System.Globalization;
using Baton.Playbooks;

namespace Baton.Gateway.Money;

/// <summary>One line of a cost report.</summary>
/// <param name="Name">The day, model, customer …; "–" for receipts without one.</param>
/// <param name="Saved">What cached answers would have cost.</param>
public sealed record CostLine(string Name, int Calls, long Tokens, Usd Cost, Usd Saved);

/// <summary>Sums over receipts. Pure: the same receipts always give the same report.</summary>
public sealed class CostReport(IReadOnlyList<Receipt> receipts)
{
    private const string None = "–";
    private const string TagPrefix = "tag:";

    /// <summary>What a report can be cut by, besides <c>tag:NAME</c>.</summary>
    public static IReadOnlyList<string> Cuts { get; } = ["day", "stage", "model", "tier", "customer", "key", "status"];

    public Usd Total => new(receipts.Sum(r => r.Cost.Amount));

    public Usd Saved => new(receipts.Sum(r => r.Saved.Amount));

    public int Calls => receipts.Select(r => r.CallId).Distinct().Count();

    public long Tokens => receipts.Sum(r => r.Tokens.Input + r.Tokens.Output);

    /// <summary>Share of the cost that rests on our own estimate of tokens, from 0 to 1.</summary>
    public decimal EstimatedShare =>
        Total == Usd.Zero ? 0 : receipts.Where(r => r.Estimated).Sum(r => r.Cost.Amount) / Total.Amount;

    /// <summary>Cost of each ticket, ascending.</summary>
    public IReadOnlyList<Usd> PerTicket => [.. receipts.Where(r => r.Ticket is not null)
        .GroupBy(r => r.Ticket!).Select(g => new Usd(g.Sum(r => r.Cost.Amount))).Order()];

    /// <summary>Lines by <paramref name="cut"/>, the dearest first; days in order.</summary>
    /// <exception cref="ArgumentException">There is no such cut.</exception>
    public IReadOnlyList<CostLine> By(string cut)
    {
        var lines = receipts.GroupBy(Name(cut)).Select(g => new CostLine(
            g.Key, g.Select(r => r.CallId).Distinct().Count(), g.Sum(r => r.Tokens.Input + r.Tokens.Output),
            new Usd(g.Sum(r => r.Cost.Amount)), new Usd(g.Sum(r => r.Saved.Amount))));
        return cut == "day"
            ? [.. lines.OrderBy(l => l.Name, StringComparer.Ordinal)]
            : [.. lines.OrderByDescending(l => l.Cost).ThenBy(l => l.Name, StringComparer.Ordinal)];
    }

    /// <summary>Nearest-rank percentile of the cost per ticket; zero without tickets.</summary>
    public Usd TicketPercentile(double p)
    {
        var costs = PerTicket;
        return costs.Count == 0 ? Usd.Zero : costs[Math.Clamp((int)Math.Ceiling(p * costs.Count) - 1, 0, costs.Count - 1)];
    }

    private static Func<Receipt, string> Name(string cut) => cut switch
    {
        "day" => r => r.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "stage" => r => r.Stage,
        "model" => r => r.Model,
        "tier" => r => r.Tier ?? None,
        "customer" => r => r.Customer ?? None,
        "key" => r => r.Key ?? None,
        "status" => r => r.Status.ToString().ToLowerInvariant(),
        _ when cut.StartsWith(TagPrefix, StringComparison.Ordinal) && cut.Length > TagPrefix.Length =>
            r => r.Tags.GetValueOrDefault(cut[TagPrefix.Length..]) ?? None,
        _ => throw new ArgumentException($"cannot cut by '{cut}'; try {string.Join(", ", Cuts)} or tag:NAME"),
    };
}

/// <summary>Forecasts from what was measured.</summary>
public static class CostForecast
{
    /// <summary>Mean days of a month.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    /// <summary>
    /// When a budget is used up if money goes on being spent as it was since the period began; null when it will not be
    /// in this period.
    /// </summary>
    public static DateTimeOffset? Exhaustion(
        Usd spent, Usd limit, DateTimeOffset begin, DateTimeOffset now, DateTimeOffset end)
    {
        if (spent >= limit) return now;
        if (spent <= Usd.Zero || now <= begin) return null;
        var ticks = (decimal)(now - begin).Ticks * limit.Amount / spent.Amount;
        return ticks < (end - begin).Ticks ? begin + TimeSpan.FromTicks((long)ticks) : null;
    }

    /// <summary>
    /// Tokens per month above which a fixed monthly price is cheaper: <c>monthly / price × 1000</c>, with the measured
    /// price per 1,000 tokens.
    /// </summary>
    public static decimal BreakEvenTokens(Usd monthly, Usd perThousandTokens) =>
        perThousandTokens <= Usd.Zero ? 0 : monthly.Amount / perThousandTokens.Amount * 1000m;
}
