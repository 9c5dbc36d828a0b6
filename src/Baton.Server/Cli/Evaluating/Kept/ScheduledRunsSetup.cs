using Baton.Evaluation.Learning;
using Baton.Evaluation.Replaying;
using Baton.Evaluation.Results;
using Baton.Server.Cli.Learning;
using Baton.Storage;
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
            .AddSingleton(provider => LearningVerbs.Store(provider.GetRequiredService<Database>()))
            .AddSingleton<Learned>()
            .AddSingleton<LearningRun>()
            .AddSingleton<CandidateReplay>()
            .AddSingleton<LearningSchedule>()
            .AddSingleton(provider => new JobKind(LearningSchedule.Kind, (job, token) =>
                provider.GetRequiredService<LearningSchedule>().RunAsync(job.Key!, token)))
            .AddHostedService(provider => provider.GetRequiredService<LearningSchedule>())
            .AddSingleton<EvaluationSchedule>()
            .AddSingleton(provider => new JobKind(EvaluationSchedule.Kind, (job, token) =>
                provider.GetRequiredService<EvaluationSchedule>().RunAsync(job.Key!, token)))
            .AddHostedService(provider => provider.GetRequiredService<EvaluationSchedule>());
    }
}
