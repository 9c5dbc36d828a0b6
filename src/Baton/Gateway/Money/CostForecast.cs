using Baton.Playbooks;

namespace Baton.Gateway.Money;

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
