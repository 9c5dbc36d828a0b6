using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Baton.Decisions.Working;

/// <summary>Ready means that somebody works on turns, with models for the playbook in force.</summary>
internal sealed class WorkersCheck(WorkerService workers, LocalModelCache models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !workers.IsRunning ? HealthCheckResult.Unhealthy(
            "Nobody works on tickets: the workers have stopped. Restart Baton.")
        : !models.IsLoaded ? HealthCheckResult.Unhealthy("The playbook is being loaded. Ask again.")
        : HealthCheckResult.Healthy());
}
