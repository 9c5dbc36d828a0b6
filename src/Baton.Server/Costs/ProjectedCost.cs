using Baton.Gateway.Money;
using Baton.Playbooks.Models;

namespace Baton.Server.Costs;

/// <summary>What so many tickets a day cost in a month, all of it; dollars.</summary>
/// <param name="Models">By the calls that were measured.</param>
/// <param name="Idle">Hours of machines of one's own in which nothing is asked.</param>
internal sealed record ProjectedCost(CostProjection Models, decimal Idle, decimal Infrastructure)
{
    private const decimal HoursOfDay = 24;

    private static readonly decimal DaysPerMonth = (decimal)CostForecast.DaysPerMonth;

    /// <summary>Calls, and machines of one's own whole.</summary>
    public decimal OfModels => (decimal)Models.PerMonth + Idle;

    public decimal Total => OfModels + Infrastructure;

    public decimal PerTicket => Total / ((decimal)Models.PerDay * DaysPerMonth);

    /// <param name="hourly">Models that are paid by the hour.</param>
    public static ProjectedCost Of(
        CostFigures figures, int perDay, IReadOnlyList<FixedCost> items, IReadOnlyList<ModelPolicy> hourly,
        int seed)
    {
        var projection = CostProjection.Of(figures.Report, perDay, seed)!;
        return new ProjectedCost(projection, hourly.Sum(m => IdleOf(figures.Report, m, perDay)),
            items.Sum(i => i.At(perDay, DaysPerMonth)));
    }

    /// <summary>A machine is paid for all day: what its calls will not have paid is left over, and never less than
    /// nothing.</summary>
    private static decimal IdleOf(CostReport report, ModelPolicy model, int perDay)
    {
        var measured = report.HourlyOf(model.Name, model.Prices);
        var used = report.PerTicket.Count == 0 ? 0
            : measured.Amount / report.PerTicket.Count * perDay * DaysPerMonth;
        return Math.Max(0, (model.Prices.Hourly!.Value.Amount * HoursOfDay * DaysPerMonth) - used);
    }
}
