using Baton.Gateway.Money;
using Baton.Gateway.Routing;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Gateway.Telemetry;

/// <summary>Breakers and budgets, for the series that alerts are held against.</summary>
internal sealed class GatewaySeries(GatewayParts parts)
{
    /// <summary>Parts of a period that must have passed before what was spent says anything of its end.</summary>
    private const double Early = 0.1;

    /// <inheritdoc cref="ReadSeries"/>
    public IEnumerable<SeriesPoint> Read(ReadConnection connection, DateTimeOffset now)
    {
        yield return new(SeriesNames.BreakerOpen, 0);
        foreach (var (model, state) in parts.Breakers.States)
            if (state == BreakerState.Open) yield return new(SeriesNames.BreakerOpen, 1, model);
        foreach (var burn in BudgetBurn.Read(connection, parts.Policy().Budgets, [], now, most: 0))
            yield return new(SeriesNames.BudgetForecast, Forecast(burn, now), BudgetName(burn));
    }

    /// <summary>Of the budgets of everything: those of single customers are no matter of the night.</summary>
    private static string BudgetName(BudgetBurn burn) => EnumWords.Of(burn.Period);

    private static double Forecast(BudgetBurn burn, DateTimeOffset now)
    {
        var passed = (now - burn.Begin) / (burn.End - burn.Begin);
        return burn.Share >= 1 || passed < Early ? burn.Share : burn.Share / passed;
    }
}
