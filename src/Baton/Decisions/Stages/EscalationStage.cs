using Baton.Conversations.Findings;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Stages.Beside;
using Baton.Decisions.Turns;
using Baton.Escalation;
using Baton.Knowledge.Choice;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>
/// Whether automation may try at all (agent 4). The guard asks the same policy again with the answer.
/// </summary>
internal sealed class EscalationStage(ModelAsker models, AutonomyRungs rungs, ConversationStore store)
    : Stage<Assessment>
{
    public override string Name => StageNames.Escalation;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var autonomy = TurnAutonomy.Of(turn, rungs);
        var signals = Signals.Of(turn) with { Autonomy = autonomy, Acts = AgentStage.MayAct(turn, models, autonomy) };
        // What can be done is not answered with an article on how to do it.
        if (autonomy == AutonomyRung.Auto && signals.Unanswered.Count == 0
            && WorkflowTurn.Of(turn, store) is { } workflow)
            signals = signals with
            {
                Acts = true, Workflow = workflow.Name, Missing = WorkflowTurn.Missing(turn, workflow),
            };
        else signals = await WithAnswerAsync(turn, signals, cancellationToken);
        var verdict = turn.VerdictBeforeAnswer(signals);
        // An opinion can only make a decision more careful: where a person is on the way already, nobody is asked for
        // one.
        return verdict.Route is Route.Auto or Route.Ask && models.Asks(turn, ModelStages.Escalation)
            ? await AskAsync(turn, signals, cancellationToken)
            : Report(signals, verdict);
    }

    /// <summary>
    /// How probably the articles answer it. Not asked where the best answer could not be sent anyway, and not where a
    /// tool has the facts.
    /// </summary>
    internal static async ValueTask<Signals> WithAnswerAsync(
        Turn turn, Signals signals, CancellationToken cancellationToken)
    {
        if (!turn.Models.ChoosesSections) return signals;
        if (IsLookUp(turn, signals)) return await WithBesideAsync(turn, signals, cancellationToken);
        if (turn.VerdictBeforeAnswer(signals with { AnswerProbability = 1, Accepted = true }).Route != Route.Auto)
            return signals;
        if (await turn.Input.ChooseAsync(cancellationToken) is not { } choice) return signals;
        var probability = Math.Round(Acceptance.Of(choice.Evidence, turn.Playbook), 4);
        return signals with
        {
            AnswerProbability = probability, Accepted = probability >= turn.AnswerFrom.Value,
        };
    }

    /// <summary>A question beside a lookup is no obstacle where articles surely answer it.</summary>
    private static async ValueTask<Signals> WithBesideAsync(
        Turn turn, Signals signals, CancellationToken cancellationToken)
    {
        if (signals.Unanswered.Count == 0
            || await BesideLookUp.ChooseAsync(turn, cancellationToken) is not { Probability: var probability })
            return signals;
        signals = signals with { BesideProbability = probability };
        return probability < turn.AnswerFrom.Value ? signals
            : signals with { Unanswered = OtherRequests.Values(turn) };
    }

    internal static bool IsLookUp(Turn turn, Signals signals) =>
        turn.Triage is { Class: IntentClass.Lookup, IsOutOfScope: false } && signals.Missing.Count == 0
            && turn.Triage.Confidence >= turn.TriageFrom(turn.Triage);

    protected override TurnFindings Apply(Turn turn, Assessment output) =>
        turn.Findings with { Assessment = output, Signals = output.Signals };

    protected override StageDescription Describe(Assessment output) => new("Who should have it?")
    {
        Facts =
        [
            new("route so far", StageDescription.Spaced(EnumWords.Of(output.Route))),
            new("decided by", StageDescription.Spaced(output.DecidedBy)),
            new("missing", string.Join(", ", output.Missing.Select(StageDescription.Spaced))),
            new("also asked", string.Join(", ", output.Unanswered ?? [])),
            new("repetition", output.Repetition > 0 ? StageDescription.Share(output.Repetition) : ""),
            new(NearlyAnswered.Measure, output.AnswerProbability is { } p ? StageDescription.Share(p) : ""),
            new("workflow", output.Workflow ?? ""),
            new("autonomy", output.Autonomy == AutonomyRung.Auto ? "" : EnumWords.Of(output.Autonomy)),
            new("a model's opinion", output.Opinion is null ? ""
                : $"{output.Opinion}, {StageDescription.Share(output.OpinionConfidence)} sure; "
                    + $"concern: {StageDescription.Spaced(output.Concern ?? "none")}"),
            new("instruction attempt", output.InstructionKind is null ? ""
                : $"{output.InstructionKind} ({StageDescription.Share(output.InstructionScore)})"),
        ],
    };

    private async Task<StageReport> AskAsync(Turn turn, Signals signals, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, OpinionQuestion.Of(turn), cancellationToken);
        if (asked.Answer is { } opinion)
            signals = signals with
            {
                Opinion = opinion.Word, OpinionConfidence = opinion.Confidence, Concern = opinion.Concern,
                OpinionTier = asked.Tier,
            };
        return asked.On(Report(signals, turn.VerdictBeforeAnswer(signals)) with { Tier = asked.Tier });
    }

    private StageReport Report(Signals signals, PolicyVerdict verdict) => Report(
        Assessment.Of(signals, verdict), TierNames.Rules, verdict.Confidence,
        $"{EnumWords.Of(verdict.Route)} by {verdict.DecidedBy}"
            + (signals.Opinion is null ? ""
                : $"; opinion {signals.Opinion} ({signals.OpinionConfidence:0.00}), concern {signals.Concern}"));
}
