using System.Text.Json.Nodes;
using Baton.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Baton.Incidents.Alerting;

/// <summary>Alerts over HTTP.</summary>
internal static class AlertEndpoints
{
    private const int UsualRaised = 50, MostRaised = 500;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/alerts</c>.</summary>
        public void MapAlerts() => routes.MapGet("/api/alerts", Read).WithTags("Alerts").RequireAuthorization()
            .ProducesProblem(400)
            .WithSummary("Every alert as it stands, the newest ?limit= that were raised, and the silences");
    }

    private static Results<Ok<JsonObject>, ProblemHttpResult> Read(
        int? limit, Database database, AlertWatch watch) =>
        limit is < 1 or > MostRaised
            ? TypedResults.Problem($"limit is {limit}: use 1 to {MostRaised}", statusCode: 400)
            : TypedResults.Ok(AlertJson.Of(watch.Look(database.Clock.GetUtcNow()),
                database.Read(c => AlertStore.Newest(c, limit ?? UsualRaised)),
                database.Read(c => AlertStore.Silences(c, database.Clock.GetUtcNow()))));
}
