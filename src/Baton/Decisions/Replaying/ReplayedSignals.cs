using Baton.Decisions.Stages;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Stages.Beside;
using Baton.Decisions.Stages.Offering;
using Baton.Decisions.Turns;
using Baton.Knowledge.Choice;
using Baton.Playbooks;
using Baton.Conversations.Findings;
using Baton.Triage;

namespace Baton.Decisions.Replaying;

/// <summary>What the policy is told before an answer is tried: what was found then, held against other bars.</summary>
internal static class ReplayedSignals
{
    /// <summary>Gives the turn its assessment.</summary>
    /// <returns>Whether the articles had to be asked again.</returns>
    public static async ValueTask<bool> AssessAsync(
        Turn turn, RecordedTurn recorded, ReplayScope scope, CancellationToken cancellationToken)
    {
        var before = recorded.Output(StageNames.Escalation, StageJson.Of<Assessment>());
        var signals = Found(turn, before, scope) with
        {
            Autonomy = AutonomyOf(turn, recorded, before, scope.Then),
        };
        signals = WithActs(turn, before, signals);
        var again = false;
        if (signals.Workflow is null)
            (signals, again) = await WithAnswerAsync(turn, recorded, before, signals, scope, cancellationToken);
        var assessment = Assessment.Of(signals, turn.VerdictBeforeAnswer(signals));
        // The same signals, so that the policy is not asked twice about them.
        turn.Take(turn.Findings with { Assessment = assessment, Signals = signals });
        return again;
    }

    /// <summary>What the message alone tells, and a model's word on it.</summary>
    private static Signals Found(Turn turn, Assessment? before, ReplayScope scope) => before is null || scope.Reading
        ? Signals.Of(turn) with
        {
            Opinion = before?.Opinion, OpinionConfidence = before?.OpinionConfidence ?? 0, Concern = before?.Concern,
            OpinionTier = before?.OpinionTier,
        }
        : before.Signals with
        {
            Missing = FieldFinder.Missing(turn.Playbook, turn.Triage), AnswerProbability = null, Accepted = false,
            Unanswered = before.BesideProbability is null ? before.Signals.Unanswered : OtherRequests.Of(turn),
        };

    /// <summary>
    /// The lowest of channel and intent. What people had set besides is not on record: where less was done than the
    /// playbook of then allowed, they had, and that holds.
    /// </summary>
    private static AutonomyRung AutonomyOf(Turn turn, RecordedTurn recorded, Assessment? before, Playbook? then)
    {
        var now = Allowed(turn.Playbook, turn, recorded);
        return before is not null && (then is null || before.Autonomy < Allowed(then, turn, recorded))
            ? (AutonomyRung)Math.Min((int)now, (int)before.Autonomy) : now;
    }

    private static AutonomyRung Allowed(Playbook playbook, Turn turn, RecordedTurn recorded)
    {
        var channel = playbook.ChannelAutonomy.GetValueOrDefault(recorded.Before.Channel, AutonomyRung.Auto);
        if (playbook.FindIntent(turn.Triage.Intent) is not { } intent) return channel;
        var rung = (AutonomyRung)Math.Min((int)channel, (int)intent.Autonomy);
        return rung == AutonomyRung.Auto && intent.AutoShare < 1
            && TurnAutonomy.ShareOf(recorded.Before.Id) >= intent.AutoShare
            ? AutonomyRung.Draft : rung;
    }

    private static Signals WithActs(Turn turn, Assessment? before, Signals signals)
    {
        var auto = signals.Autonomy == AutonomyRung.Auto;
        var intent = turn.Playbook.FindIntent(turn.Triage.Intent);
        var workflow = auto && before?.Workflow is { } name && signals.Unanswered.Count == 0
            && turn.Playbook.WorkflowFor(turn.Triage.Intent) is { } serves && serves.Name == name ? serves : null;
        return signals with
        {
            Workflow = workflow?.Name,
            Acts = auto && (workflow is not null || (before is { Acts: true, Workflow: null }
                && intent?.Agent is not null)),
            Missing = workflow is null ? signals.Missing : WorkflowTurn.Missing(turn, workflow),
        };
    }

    private static async ValueTask<(Signals Signals, bool Again)> WithAnswerAsync(
        Turn turn, RecordedTurn recorded, Assessment? before, Signals signals, ReplayScope scope,
        CancellationToken cancellationToken)
    {
        if (EscalationStage.IsLookUp(turn, signals))
        {
            if (signals.Unanswered.Count == 0) return (signals with { BesideProbability = null }, false);
            if (scope.Answers || before is null || !WasLookUp(before, turn))
                return (await EscalationStage.WithAnswerAsync(
                    turn, signals with { BesideProbability = null }, cancellationToken), true);
            return (before.BesideProbability is { } beside && beside >= turn.AnswerFrom.Value
                ? signals with { Unanswered = OtherRequests.Values(turn) } : signals, false);
        }
        signals = signals with { BesideProbability = null };
        var known = scope.Answers ? new Known(null, false) : Known.Of(recorded, before);
        if (known is { Probability: null, WasAsked: true } || (!known.WasAsked && !turn.Models.ChoosesSections))
            return (signals, false);
        if (turn.VerdictBeforeAnswer(signals with { AnswerProbability = 1, Accepted = true }).Route != Route.Auto)
            return (signals, false);
        var probability = known.Probability
            ?? (await turn.Input.ChooseAsync(cancellationToken) is { } choice
                ? Math.Round(Acceptance.Of(choice.Evidence, turn.Playbook), 4) : null);
        return (signals with
        {
            AnswerProbability = probability, Accepted = probability >= turn.AnswerFrom.Value,
        }, !known.WasAsked);
    }

    /// <summary>Whether the turn was a lookup then, whose other questions the articles were asked for.</summary>
    private static bool WasLookUp(Assessment before, Turn turn) =>
        before.AnswerProbability is null && before.Missing.Count == 0 && turn.Triage.Class == IntentClass.Lookup;

    /// <summary>What the articles were found to be worth.</summary>
    /// <param name="WasAsked">Whether they were asked; without an answer there was nothing to choose with.</param>
    private readonly record struct Known(double? Probability, bool WasAsked)
    {
        public static Known Of(RecordedTurn recorded, Assessment? before)
        {
            if (before?.AnswerProbability is { } probability) return new(probability, true);
            if (recorded.Output(StageNames.Offers) is not { } output)
                return new(null, before is { Route: Route.Auto });
            var offered = Offered.Of(output);
            return new(offered.Probability, offered.Probability is not null || offered.Withheld == OfferStage.NoChoice);
        }
    }
}
