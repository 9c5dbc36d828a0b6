using System.Text.Json.Nodes;
using Baton.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Baton.Audit.Entries;

/// <summary>The audit view over HTTP.</summary>
internal static class AuditEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/audit</c>.</summary>
        public void MapAudit() => routes.MapGet("/api/audit", Read).WithTags("Audit").RequireAuthorization()
            .ProducesProblem(400)
            .WithSummary("Who did what, when and why, newest first: ?since= ?until= ?actor= ?kind= ?ticket= ?limit=, "
                + "and ?after= with the next of the page before");
    }

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> Read(
        string? since, string? until, string? actor, string? kind, string? ticket, string? after, int? limit,
        Database database, AuditFollower follower, CancellationToken cancellationToken)
    {
        var (filter, problem) = new AuditQuestion(since, until, actor, kind, ticket, after, limit).Read();
        if (filter is null) return TypedResults.Problem(problem, statusCode: 400);
        await follower.CatchUpAsync(cancellationToken);
        return TypedResults.Ok(AuditJson.Of(database.Read(c => AuditQueries.Page(c, filter))));
    }
}
