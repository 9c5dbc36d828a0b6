using System.Text.Json.Nodes;
using Baton.Playbooks.Models;

namespace Baton.Evaluation.Scoring;

/// <summary>One row of the stack matrix: the same tickets with one file of models.</summary>
/// <param name="Shares">Of tickets, by the strongest tier that a stage asked.</param>
/// <param name="TierRatio">How many times the strongest tier's first model costs the weakest's; null with one tier.</param>
public sealed record ModelStack(
    string Name, MetricValue Quality, MetricValue Hallucination, MetricValue LatencyP95, MetricValue CostPerResolved,
    IReadOnlyDictionary<string, double> Shares, double? TierRatio)
{
    /// <summary>Below it, sending easy tickets to a weaker tier does not pay for the second model.</summary>
    public const double LeastRatio = 3;

    /// <summary>Input and output tokens of a turn are about nine to one: prices are weighed so.</summary>
    private const decimal InputPart = 0.9m;

    public static ModelStack Of(string name, EvaluationRun run, ModelsPolicy models) => new(
        name, Value(run, "good_in_all"), Value(run, "hallucination_rate"), Value(run, "latency_ms_p95"),
        Value(run, "cost_per_resolved_usd"),
        run.Tickets.CountBy(t => TicketSlices.DecidedBy(t.Ticket.Judged.Decision))
            .ToDictionary(t => t.Key, t => (double)t.Value / run.Tickets.Count),
        Ratio(models));

    public bool TierIsTooDear => TierRatio < LeastRatio;

    public JsonObject ToJson() => new()
    {
        ["models"] = Name, ["quality"] = Quality.ToJson(), ["hallucination_rate"] = Hallucination.ToJson(),
        ["latency_ms_p95"] = LatencyP95.ToJson(), ["cost_per_resolved_usd"] = CostPerResolved.ToJson(),
        ["share_per_tier"] = new JsonObject(
            Shares.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)Math.Round(s.Value, 6)))),
        ["tier_price_ratio"] = TierRatio is { } ratio ? Math.Round(ratio, 2) : null,
    };

    private static MetricValue Value(EvaluationRun run, string metric) =>
        run.Of(run.Metrics.First(m => m.Name == metric));

    private static double? Ratio(ModelsPolicy models) => models.Tiers is [var weakest, .., var strongest]
        && Price(models, weakest) is { } low and > 0 && Price(models, strongest) is { } high
            ? (double)(high / low) : null;

    private static decimal? Price(ModelsPolicy models, TierPolicy tier) =>
        tier.Models.Select(models.Model).OfType<ModelPolicy>().FirstOrDefault() is { Prices: var prices }
            ? InputPart * prices.Input.Amount + (1 - InputPart) * prices.Output.Amount : null;
}
