using System.Text.Json;
using Baton.Conversations;
using Baton.Escalation;
using Baton.Triage;

namespace Baton.Decisions.Stages;

/// <summary>Whether automation may try at all (agent 4). The guard asks the same policy again with the answer.</summary>
internal sealed class EscalationStage : IStage
{
    public string Name => "escalation";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var instruction = LocalModels.Instruction(turn.FullText);
        var signals = new StageOutput.Assessment(
            Playbooks.Route.L1, 0, "", FieldFinder.Missing(turn.Playbook, turn.Triage!),
            LocalModels.Repetition(turn.Body, turn.Earlier), instruction.Score, instruction.Kind);
        var verdict = EscalationPolicy.Evaluate(turn.Playbook, TurnFacts.Of(turn, signals, turn.Guarded));
        return new(new StageReport
        {
            Output = ConversationJson.Element(signals with
            {
                Route = verdict.Route, Confidence = verdict.Confidence, DecidedBy = verdict.DecidedBy,
            }),
            Tier = "rules",
            Confidence = verdict.Confidence,
            Note = $"{Words.Of(verdict.Route)} by {verdict.DecidedBy}",
        });
    }

    public void Apply(Turn turn, JsonElement output) =>
        turn.Assessment = ConversationJson.Read<StageOutput.Assessment>(output);
}
