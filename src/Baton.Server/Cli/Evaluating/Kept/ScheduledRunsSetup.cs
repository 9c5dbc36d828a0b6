using Baton.Evaluation.Results;
using Baton.Storage.Jobs;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>Registers the runs over golden tickets that happen while a server runs.</summary>
internal static class ScheduledRunsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the schedule and the handler of its jobs.</summary>
        public IServiceCollection AddScheduledRuns(EvaluationOptions options) => services
            .AddSingleton(options)
            .AddSingleton<EvaluationResults>()
            .AddSingleton<TicketLabels>()
            .AddSingleton<EvaluationSchedule>()
            .AddSingleton(provider => new JobKind(EvaluationSchedule.Kind, (job, token) =>
                provider.GetRequiredService<EvaluationSchedule>().RunAsync(job.Key!, token)))
            .AddHostedService(provider => provider.GetRequiredService<EvaluationSchedule>());
    }
}
