using System.Text.Json;
using Baton.Conversations;

namespace Baton.Decisions.Stages;

/// <summary>How hard it is, and whether several systems are involved (agent 3).</summary>
internal sealed class ComplexityStage : IStage
{
    public string Name => "complexity";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) => new(new StageReport
    {
        Output = ConversationJson.Element(LocalModels.Complexity(turn.FullText, turn.Triage!, turn.Earlier.Count)),
        Tier = "local",
    });

    public void Apply(Turn turn, JsonElement output) =>
        turn.Complexity = ConversationJson.Read<ComplexityReading>(output);
}
