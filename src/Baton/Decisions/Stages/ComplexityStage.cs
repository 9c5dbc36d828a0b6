using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>How hard it is, and whether several systems are involved (agent 3).</summary>
internal sealed class ComplexityStage(ModelAsker models) : IStage
{
    public string Name => "complexity";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        // A model may still be at the intent; the local reading of it is at hand, and the same in every run.
        var triage = turn.Triage is { Tier: "local" } known ? known : turn.LocalTriage;
        var local = LocalModels.Complexity(turn.FullText, triage, turn.Earlier.Count);
        return ComplexityQuestion.LocalConfidence(local) >= turn.Playbook.Thresholds.ComplexityConfidence
            || !models.Asks(turn, ModelStages.Complexity)
            ? new(Report(local, "local", null))
            : new(AskAsync(turn, local, cancellationToken));
    }

    public void Apply(Turn turn, JsonElement output) =>
        turn.Complexity = ConversationJson.Read<ComplexityReading>(output);

    private async Task<StageReport> AskAsync(Turn turn, ComplexityReading local, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, ComplexityQuestion.Of(turn), cancellationToken);
        return asked.On(asked.Answer is { } answer
            ? Report(answer.Reading(local), asked.Tier, answer.Confidence)
            : Report(local, "local", null));
    }

    private static StageReport Report(ComplexityReading reading, string tier, double? confidence) => new()
    {
        Output = ConversationJson.Element(reading), Tier = tier, Confidence = confidence,
    };
}
