using Baton.Playbooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Baton.Operations.Health;

/// <summary>Health for load balancers and people; the only answers without a key.</summary>
internal static class HealthEndpoints
{
    /// <summary>Checks with this tag say whether the process lives; all others say whether it is ready.</summary>
    private const string Live = "live";

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>
        /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: a ticket would be stored and decided now.
        /// </summary>
        public void MapHealth()
        {
            routes.MapHealthChecks("/health/live", new HealthCheckOptions
            {
                Predicate = check => check.Tags.Contains(Live),
                ResponseWriter = (http, report) => WriteAsync(http, report, "live", null),
            }).AllowAnonymous().WithTags("Health");
            routes.MapHealthChecks("/health/ready", new HealthCheckOptions
            {
                Predicate = check => !check.Tags.Contains(Live),
                ResponseWriter = (http, report) => WriteAsync(
                    http, report, "ready", http.RequestServices.GetService<PlaybookHost>()?.Current.Version[..8]),
            }).AllowAnonymous().WithTags("Health");
        }
    }

    private static Task WriteAsync(HttpContext http, HealthReport report, string good, string? playbook)
    {
        var bad = report.Entries.Values.Where(e => e.Status != HealthStatus.Healthy).Select(e => e.Description);
        IResult answer = report.Status == HealthStatus.Unhealthy
            ? TypedResults.Problem(string.Join(' ', bad), statusCode: 503, title: $"Not {good}")
            : TypedResults.Ok(new Health(good, playbook));
        return answer.ExecuteAsync(http);
    }

    private sealed record Health(string Status, string? Playbook);
}
