using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Storage;

namespace Baton.Server.Costs;

/// <summary>Cost figures over HTTP.</summary>
internal static class CostEndpoints
{
    private const int UsualDays = 30, UsualTop = 50, MostLines = 10_000, Seed = 1;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/costs</c>.</summary>
        public void MapCosts() => routes.MapGet("/api/costs", Get).WithTags("Costs")
            .WithSummary("What models cost: by day, stage, model, tier, intent, customer, key, status or tag:NAME; "
                + "?per_day=N adds the monthly cost of so many tickets a day")
            .ProducesProblem(400);
    }

    private static IResult Get(
        Database database, PlaybookHost playbooks, int? days, string? by, int? top,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "per_day")] int? perDay)
    {
        try
        {
            if (top is < 1 or > MostLines) throw new TicketFormatException("top", $"is {top}: choose 1 to {MostLines}");
            if (perDay is < 1) throw new TicketFormatException("per_day", $"is {perDay}: choose 1 or more");
            var budgets = playbooks.Current.Models?.Budgets ?? new BudgetPolicy();
            var figures = CostFigures.Read(database, budgets, days ?? UsualDays);
            var json = CostJson.Of(figures, by ?? "day", top ?? UsualTop);
            if (perDay is { } tickets)
                json["projection"] = CostJson.Of(CostProjection.Of(figures.Report, tickets, Seed));
            return TypedResults.Json(json);
        }
        catch (ArgumentException error)
        {
            var field = days is < 1 or > CostFigures.MostDays ? "days" : "by";
            throw new TicketFormatException(field, $"cannot be used: {error.Message}");
        }
    }
}
