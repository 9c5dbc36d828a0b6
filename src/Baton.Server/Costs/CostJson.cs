using System.Text.Json.Nodes;
using Baton.Gateway.Money;
using Baton.Playbooks;

namespace Baton.Server.Costs;

/// <summary>Cost figures as JSON, the same for the command and the API.</summary>
internal static class CostJson
{
    /// <param name="by">Cut of the lines.</param>
    /// <param name="top">Most lines.</param>
    /// <exception cref="ArgumentException">There is no such cut.</exception>
    public static JsonObject Of(CostFigures figures, string by, int top)
    {
        var report = figures.Report;
        return new JsonObject
        {
            ["days"] = figures.Days,
            ["total_usd"] = report.Total.Amount,
            ["calls"] = report.Calls,
            ["tokens"] = report.Tokens,
            ["saved_usd"] = report.Saved.Amount,
            ["estimated_share"] = report.EstimatedShare,
            ["per_ticket_usd"] = new JsonObject
            {
                ["tickets"] = report.PerTicket.Count,
                ["p50"] = report.TicketPercentile(0.5).Amount,
                ["p95"] = report.TicketPercentile(0.95).Amount,
                ["p99"] = report.TicketPercentile(0.99).Amount,
            },
            ["by"] = by,
            ["lines"] = new JsonArray([.. figures.Lines(by).Take(top).Select(Line)]),
            ["budgets"] = new JsonArray([.. figures.Budgets.Select(Budget)]),
        };
    }

    public static JsonObject? Of(CostProjection? projection) => projection is null ? null : new JsonObject
    {
        ["tickets_measured"] = projection.Tickets,
        ["tickets_per_day"] = projection.PerDay,
        ["usd_per_ticket"] = projection.PerTicket,
        ["usd_per_month"] = projection.PerMonth,
        ["usd_per_month_low"] = projection.Low,
        ["usd_per_month_high"] = projection.High,
    };

    private static JsonObject Line(CostLine line) => new()
    {
        ["name"] = line.Name, ["calls"] = line.Calls, ["tokens"] = line.Tokens, ["cost_usd"] = line.Cost.Amount,
        ["saved_usd"] = line.Saved.Amount,
    };

    private static JsonObject Budget(BudgetBurn burn) => new()
    {
        ["scope"] = EnumWords.Of(burn.Scope),
        ["subject"] = burn.Subject,
        ["period"] = EnumWords.Of(burn.Period),
        ["limit_usd"] = burn.Limit.Amount,
        ["spent_usd"] = burn.Spent.Amount,
        ["share"] = Math.Round(burn.Share, 4),
        ["on_exceed"] = EnumWords.Of(burn.Then),
        ["ends_at"] = burn.End,
        ["exhausted_at"] = burn.ExhaustedAt,
    };
}
