using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Gateway.Money;

/// <summary>Whether a fixed price per month would be cheaper than paying by the token.</summary>
/// <param name="PerThousandTokens">Measured.</param>
/// <param name="UsedPerMonth">Tokens, at the measured rate.</param>
public sealed record BreakEven(Usd PerThousandTokens, decimal UsedPerMonth, Usd Monthly)
{
    private const decimal Thousand = 1_000m;

    /// <summary>What the used tokens cost in a month.</summary>
    public Usd PayAsYouGo => PerThousandTokens * (UsedPerMonth / Thousand);

    /// <summary>Tokens per month above which the fixed price is cheaper.</summary>
    public decimal TokensPerMonth => CostForecast.BreakEvenTokens(Monthly, PerThousandTokens);

    public bool IsProvisionedCheaper => TokensPerMonth > 0 && UsedPerMonth > TokensPerMonth;

    /// <summary>In a word for each side.</summary>
    public string Cheaper => IsProvisionedCheaper ? "provisioned" : "pay as you go";

    /// <param name="days">Over which the tokens were used, at least one.</param>
    /// <returns>Null: no tokens were used.</returns>
    public static BreakEven? Of(long tokens, Usd spent, double days, Usd monthly) => tokens <= 0 ? null
        : new BreakEven(
            spent * (Thousand / tokens), tokens / (decimal)days * (decimal)CostForecast.DaysPerMonth, monthly);

    /// <summary>Of the receipts of the last days; the rate is taken from the first of them on.</summary>
    internal static BreakEven? Read(ReadConnection connection, int days, DateTimeOffset now, Usd monthly)
    {
        var (tokens, spent, first) = connection.First(
            "select sum(input + output), sum(cost), min(at) from receipts where at >= $1 and at <= $2",
            row => (row.Int64OrNull(0) ?? 0, Usd.FromNanos(row.Int64OrNull(1) ?? 0), row.TimeOrNull(2)),
            SqlValue.Ms(now.AddDays(-days)), SqlValue.Ms(now));
        return Of(tokens, spent, first is { } at ? Math.Clamp((now - at).TotalDays, 1, days) : days, monthly);
    }

    public JsonObject ToJson() => new()
    {
        ["usd_per_1000_tokens"] = PerThousandTokens.Amount, ["tokens_per_month"] = UsedPerMonth,
        ["pay_as_you_go_usd"] = PayAsYouGo.Amount, ["provisioned_usd"] = Monthly.Amount,
        ["break_even_tokens_per_month"] = TokensPerMonth, ["cheaper"] = Cheaper,
    };
}
