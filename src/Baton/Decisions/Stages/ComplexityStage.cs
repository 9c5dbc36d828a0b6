using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>How hard it is, and whether several systems are involved (agent 3).</summary>
internal sealed class ComplexityStage(ModelAsker models) : Stage<ComplexityReading>
{
    public override string Name => StageNames.Complexity;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        await turn.Input.PrepareAsync(cancellationToken);
        // A model may still be at the intent; the local reading of it is at hand, and the same in every run.
        var triage = turn.Findings.Triage is { Tier: TierNames.Local } known ? known : turn.Input.LocalTriage;
        var local = LocalModels.Complexity(turn.FullText, triage, turn.Earlier.Count);
        return ComplexityQuestion.LocalConfidence(local) >= turn.Playbook.Thresholds.ComplexityConfidence
            || !models.Asks(turn, ModelStages.Complexity)
            ? Report(local, TierNames.Local)
            : await AskAsync(turn, local, cancellationToken);
    }

    protected override TurnFindings Apply(Turn turn, ComplexityReading output) =>
        turn.Findings with { Complexity = output };

    protected override StageDescription Describe(ComplexityReading output) => new("How hard is it?")
    {
        Facts = [new("score", $"{output.Score} / 10"), new("cross-system", output.CrossSystem ? "yes" : "no")],
        Words = output.Reasons,
        Line = $"{output.Score}{(output.CrossSystem ? ", cross-system" : "")}",
    };

    private async Task<StageReport> AskAsync(Turn turn, ComplexityReading local, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, ComplexityQuestion.Of(turn), cancellationToken);
        return asked.On(asked.Answer is { } answer
            ? Report(answer.Reading(local), asked.Tier, answer.Confidence)
            : Report(local, TierNames.Local));
    }
}
