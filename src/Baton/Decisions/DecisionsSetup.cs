using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Gateway;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Decisions;

/// <summary>Registers the pipeline and its workers.</summary>
internal static class DecisionsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the pipeline with the product's stages, the turn worker, and the loop that runs them.</summary>
        public IServiceCollection AddDecisions(TurnOptions options, LocalModelOptions models)
        {
            services.AddHealthChecks().AddCheck<WorkersCheck>("workers");
            return services
                .AddSingleton(options)
                .AddSingleton(models)
                .AddSingleton<LocalModelCache>()
                .AddSingleton(provider => new ModelAsker(
                    provider.GetService<ModelGateway>(), provider.GetRequiredService<ConversationStore>()))
                .AddSingleton<StageNeeds>()
                .AddSingleton(provider => new DecisionPipeline(
                    DecisionPipeline.Default(provider.GetRequiredService<StageNeeds>()),
                    provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<LowPriorityLane>()
                .AddSingleton<TurnWorker>()
                .AddSingleton<TimerJobs>()
                .AddSingleton<Workers>()
                .AddSingleton<WorkerService>()
                .AddHostedService(provider => provider.GetRequiredService<WorkerService>());
        }
    }
}
