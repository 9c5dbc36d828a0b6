using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>Tokens × prices.</summary>
public static class Cost
{
    private const decimal PerMillion = 1_000_000m, MsOfHour = 3_600_000m;

    /// <summary>What tokens cost, rounded once to whole nano-dollars.</summary>
    public static Usd Of(Tokens tokens, ModelPrices prices, bool batch = false)
    {
        var cached = Math.Clamp(tokens.CachedInput, 0, tokens.Input);
        var written = Math.Clamp(tokens.CacheWrite, 0, tokens.Input - cached);
        var fresh = tokens.Input - cached - written;
        var total = prices.Input * fresh
            + (prices.CachedInput ?? prices.Input) * cached
            + (prices.CacheWrite ?? prices.Input) * written
            + prices.Output * tokens.Output;
        return new Usd(total.Amount / PerMillion * (batch ? prices.BatchFactor : 1m)).Rounded;
    }

    /// <summary>What the time of a call costs at a machine that is paid by the hour.</summary>
    public static Usd OfTime(double milliseconds, ModelPrices prices) => prices.Hourly is { } hourly
        ? (hourly * ((decimal)Math.Max(0, milliseconds) / MsOfHour)).Rounded : Usd.Zero;

    /// <summary>
    /// The most a call can reasonably cost: its input at the dearest input price, and all the output it may make.
    /// </summary>
    public static Usd AtMost(long input, long maxOutput, ModelPrices prices)
    {
        var dearest = prices.CacheWrite is { } write && write > prices.Input ? write : prices.Input;
        return new Usd((dearest * input + prices.Output * maxOutput).Amount / PerMillion).Rounded;
    }
}
