using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Api;

/// <summary>Health for load balancers and people; the only answers without a key.</summary>
internal static class HealthEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapHealth()
        {
            routes.MapGet("/health/live", () => TypedResults.Ok(new Health("live", null))).AllowAnonymous().WithTags("Health");
            routes.MapGet("/health/ready", Ready).AllowAnonymous().WithTags("Health");
        }
    }

    /// <summary>Ready means that a ticket would be stored and decided now.</summary>
    private static async Task<IResult> Ready(Database database, PlaybookHost playbooks, CancellationToken cancellationToken)
    {
        try
        {
            await database.ProbeAsync(cancellationToken);
            return TypedResults.Ok(new Health("ready", playbooks.Current.Version[..8]));
        }
        catch (StorageException error)
        {
            return TypedResults.Problem(error.Message, statusCode: 503, title: "Not ready: the database cannot be written");
        }
    }

    private sealed record Health(string Status, string? Playbook);
}
