using Baton.Conversations;

namespace Baton.Decisions;

/// <summary>Recorded stages in words, by the stages themselves. A stage that is not in the list has none.</summary>
internal sealed class StageDescriptions(IReadOnlyList<IStage> stages)
{
    private readonly Dictionary<string, IStage> _stages = stages.ToDictionary(s => s.Name);

    /// <summary>The product's own stages, for readers without a pipeline: to describe, a stage needs nothing.</summary>
    public static StageDescriptions BuiltIn { get; } =
        new(DecisionPipeline.Default(new StageNeeds(
            null!, null!, null!, null!, null!, null!, null!, null!, null!, null!)));

    public StageDescription Of(ConversationEvent.StageCompleted stage) =>
        _stages.GetValueOrDefault(stage.Stage)?.Describe(stage.Output) ?? new StageDescription("");
}
