using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Tickets;
using Baton.Decisions.Asking;
using Baton.Decisions.Local;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Turns;
using Baton.Decisions.Working;
using Baton.Gateway;
using Baton.Knowledge.Vectors;
using Baton.Playbooks;
using Baton.Storage.Sealing;
using Baton.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Decisions;

/// <summary>Registers the pipeline and its workers.</summary>
internal static class DecisionsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the pipeline with the product's stages, the turn worker, and the loop that runs them.
        /// </summary>
        /// <param name="change">Stages of the host's own; null keeps the product's list.</param>
        public IServiceCollection AddDecisions(
            TurnOptions options, LocalModelOptions models, LocalOptions local, ChangeStages? change = null)
        {
            services.AddHealthChecks().AddCheck<WorkersCheck>("workers");
            return services
                .AddSingleton(options)
                .AddSingleton(models)
                .AddSingleton(provider => new LocalEncoder(
                    local, OtherEncoder(provider, local), () => new StoredVectors(
                        provider.GetRequiredService<Database>(), StoredVectors.Secret(models.CacheFolder))))
                .AddSingleton<ForgetSweep>()
                .AddSingleton(new ErasedPlace(
                    "vectors", (transaction, owner) => StoredVectors.Erase(transaction, owner.Customer)))
                .AddHostedService(provider => provider.GetRequiredService<ForgetSweep>())
                .AddSingleton<LocalModelCache>()
                .AddSingleton<CarryingWords>()
                .AddSingleton<AddWords>(provider => provider.GetRequiredService<CarryingWords>().AddAsync)
                .AddSingleton(provider => new ModelAsker(
                    provider.GetService<ModelGateway>(), provider.GetRequiredService<ConversationStore>()))
                .AddSingleton<StageNeeds>()
                .AddSingleton<ChangedInputs>()
                // Resolved late: what it asks asks the desk itself.
                .AddSingleton<ApprovalCheck>(provider => (approval, inputs, token) =>
                    provider.GetRequiredService<ChangedInputs>().ProblemAsync(approval, inputs, token))
                .AddSingleton(provider => new DecisionPipeline(
                    Stages(provider, change), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton(provider => new StageDescriptions(provider.GetRequiredService<DecisionPipeline>().Stages))
                .AddSingleton<LowPriorityLane>()
                .AddSingleton<TurnWorker>()
                .AddSingleton<TimerJobs>()
                .AddSingleton<Workers>()
                .AddSingleton<WorkerService>()
                .AddHostedService(provider => provider.GetRequiredService<WorkerService>());
        }
    }

    /// <summary>What decides instead of the shipped encoder: a model that a setting names, or the host's own.</summary>
    private static IEmbeddingGenerator<string, Embedding<float>>? OtherEncoder(
        IServiceProvider provider, LocalOptions local)
    {
        if (local is not { EmbeddingModel: { } model, Encoder: not EncoderChoice.None })
            return provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>();
        var playbooks = provider.GetRequiredService<PlaybookHost>();
        return new GatewayEncoder(provider.GetRequiredService<ModelGateway>(), () => playbooks.Current, model);
    }

    private static IReadOnlyList<IStage> Stages(IServiceProvider provider, ChangeStages? change)
    {
        var stages = DecisionPipeline.Default(provider.GetRequiredService<StageNeeds>());
        return change?.Invoke(provider, stages) ?? stages;
    }
}

/// <summary>Changes the list of stages of a host: adds, replaces or leaves out.</summary>
/// <param name="services">Where a stage finds what it needs.</param>
/// <param name="stages">The product's stages in the order they run.</param>
public delegate IReadOnlyList<IStage> ChangeStages(IServiceProvider services, IReadOnlyList<IStage> stages);
