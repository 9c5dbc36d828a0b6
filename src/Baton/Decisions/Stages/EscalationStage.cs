using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Triage;

namespace Baton.Decisions.Stages;

/// <summary>Whether automation may try at all (agent 4). The guard asks the same policy again with the answer.</summary>
internal sealed class EscalationStage(ModelAsker models) : IStage
{
    public string Name => "escalation";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var instruction = LocalModels.Instruction(turn.NoticedText);
        var signals = new StageOutput.Assessment(
            Route.L1, 0, "", FieldFinder.Missing(turn.Playbook, turn.Triage!),
            LocalModels.Repetition(turn.Body, turn.Earlier), instruction.Score, instruction.Kind);
        var verdict = EscalationPolicy.Evaluate(turn.Playbook, TurnFacts.Of(turn, signals, turn.Guarded));
        // An opinion can only make a decision more careful: where a person is on the way already, nobody is asked for one.
        return verdict.Route is Route.Auto or Route.Ask && models.Asks(turn, ModelStages.Escalation)
            ? new(AskAsync(turn, signals, cancellationToken))
            : new(Report(signals, verdict));
    }

    private async Task<StageReport> AskAsync(
        Turn turn, StageOutput.Assessment signals, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, OpinionQuestion.Of(turn), cancellationToken);
        if (asked.Answer is { } opinion)
            signals = signals with
            {
                Opinion = opinion.Word, OpinionConfidence = opinion.Confidence, Concern = opinion.Concern, OpinionTier = asked.Tier,
            };
        var verdict = EscalationPolicy.Evaluate(turn.Playbook, TurnFacts.Of(turn, signals, turn.Guarded));
        return asked.On(Report(signals, verdict) with { Tier = asked.Tier });
    }

    private static StageReport Report(StageOutput.Assessment signals, PolicyVerdict verdict) => new()
    {
        Output = ConversationJson.Element(signals with
        {
            Route = verdict.Route, Confidence = verdict.Confidence, DecidedBy = verdict.DecidedBy,
        }),
        Tier = "rules",
        Confidence = verdict.Confidence,
        Note = $"{Words.Of(verdict.Route)} by {verdict.DecidedBy}"
            + (signals.Opinion is null ? "" : $"; opinion {signals.Opinion} ({signals.OpinionConfidence:0.00}), concern {signals.Concern}"),
    };

    public void Apply(Turn turn, JsonElement output) =>
        turn.Assessment = ConversationJson.Read<StageOutput.Assessment>(output);
}
