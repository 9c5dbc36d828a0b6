using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Baton.Storage;

/// <summary>Ready means that the database can be written now.</summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ProbeAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (StorageException error) when (error.IsFrozen)
        {
            // Reading goes on, and nobody else could write either.
            return HealthCheckResult.Degraded(error.Message, error);
        }
        catch (StorageException error)
        {
            return HealthCheckResult.Unhealthy($"The database cannot be written: {error.Message}", error);
        }
    }
}
