using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Promises;
using Baton.Conversations.Routing;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Stages.Offering;
using Baton.Decisions.Working;
using Baton.Escalation;
using Baton.Escalation.Queues;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Playbooks.Triggers;
using Baton.Workflows;
using NodaTime;

namespace Baton.Decisions.Turns;

/// <summary>Turns what the stages found into what happens. Pure: the same turn always gives the same facts.</summary>
/// <param name="loadOf">How busy a queue is for a ticket that asks for certain people.</param>
internal sealed class TurnDecider(Func<string, TicketNeeds, QueueLoad> loadOf)
{
    /// <summary>The decision of a turn whose stages have run.</summary>
    /// <param name="latencyMs">Time the turn has taken.</param>
    public TurnDecision Decide(Turn turn, double latencyMs)
    {
        // The conversation itself is asked, not the gate: a turn that resumes may have passed it before the lock.
        if (turn.Conversation is { Locked: true, CameBack: true }) return Again(turn, latencyMs);
        if (turn.Conversation.Locked) return new HeldTurn(turn, latencyMs).WhileLocked();
        if (turn.Findings.Gate?.Held is { } held)
            return Escalate(turn, KillSwitchVerdict(turn, held), [], latencyMs, OutcomeKind.Held);
        if (turn.Findings.ShortCut is { } cut) return Decide(turn, cut, latencyMs);

        var verdict = turn.Verdict;
        var facts = turn.Facts with { Triggers = verdict.Triggers };
        IReadOnlyList<string> counterfactuals =
            [.. NearlyAnswered.Of(turn, facts, verdict), .. Counterfactuals.Of(turn.Playbook, facts, verdict)];
        return verdict.Route switch
        {
            Route.Auto when turn.Findings.Resolution?.Draft is { } draft =>
                Reply(turn, verdict, counterfactuals, draft, latencyMs, facts),
            Route.Auto => throw new InvalidOperationException("the policy wants an answer sent, and there is none"),
            Route.Ask => Ask(turn, verdict, counterfactuals, facts, latencyMs),
            _ => Escalate(turn, verdict, counterfactuals, latencyMs, OutcomeKind.Escalated, facts),
        };
    }

    /// <summary>A rule or an exact answer settled it.</summary>
    private TurnDecision Decide(Turn turn, ShortCut cut, double latencyMs) => cut.Reply is { } reply
        ? Reply(turn, ShortCutVerdict(turn, cut, Route.Auto), [], Exact(reply), latencyMs)
        : Escalate(turn, ShortCutVerdict(turn, cut, Person(cut.Outcome?.Route)), [], latencyMs);

    /// <summary>What a turn whose stages have run comes to, before anything is written or promised.</summary>
    public static PolicyVerdict VerdictOf(Turn turn) => turn.Findings.ShortCut is not { } cut ? turn.Verdict
        : ShortCutVerdict(turn, cut, cut.Reply is null ? Person(cut.Outcome?.Route) : Route.Auto);

    /// <summary>A ticket that a person closed is a person's again, with a new promise and new clocks.</summary>
    private TurnDecision Again(Turn turn, double latencyMs)
    {
        var last = turn.Conversation.LastDecision;
        const string why = "the customer wrote after a person closed the ticket";
        var verdict = Settled(turn, Person(last?.Route), "customer came back", why) with
        {
            Priority = last?.Priority ?? Priority.Normal,
        };
        if (turn.Conversation.Queue is { } queue) verdict = verdict with { Queue = queue };
        return Escalate(turn, verdict, [], latencyMs, OutcomeKind.Held, cameBack: true);
    }

    /// <summary>The escalation of a turn that could not be decided: a person gets it, with what is known.</summary>
    /// <param name="left">Effects that the turn has begun and nobody was told of.</param>
    public TurnDecision Fail(
        Turn turn, string stage, Exception error, double latencyMs, IReadOnlyList<TicketAction>? left = null)
    {
        var why = StageException.Describe(error);
        List<ConversationEvent> failed =
            [new ConversationEvent.StageFailed(turn.Number, stage, why, Transient(error))];
        if (left is { Count: > 0 })
        {
            failed.Add(new ConversationEvent.ActionsFound(turn.Number, left));
            why += $"; look before you repeat it: {string.Join(", ", left.Select(a => $"{a.Tool} is {a.Status}"))}";
        }
        if (turn.Conversation.Locked)
        {
            var held = new HeldTurn(turn, latencyMs).WhileLocked();
            return held with { Events = [.. failed, .. held.Events] };
        }
        var verdict = Settled(turn, Route.L1, "system failure", $"stage {stage} failed: {why}") with
        {
            Priority = Priority.High, NeedsReview = true, Confidence = 0,
        };
        var escalated = Escalate(turn, verdict, [], latencyMs);
        return escalated with { Events = [.. failed, .. escalated.Events] };
    }

    /// <summary>Whether the failure may pass by itself.</summary>
    public static bool Transient(Exception error) => error is StageException { IsTransient: true }
        or Storage.StorageException { IsTransient: true } or TimeoutException or HttpRequestException;

    private static TurnDecision Reply(
        Turn turn, PolicyVerdict verdict, IReadOnlyList<string> counterfactuals, DraftAnswer draft, double latencyMs,
        EscalationFacts? facts = null)
    {
        var text = ReplyText.Answer(turn.Playbook.Brand, draft);
        var id = MessageIdOf(turn);
        return new TurnDecision
        {
            Text = text, MessageId = id, Verdict = verdict,
            Events =
            [
                .. Fired(turn, facts), Made(turn, verdict, Outcome(turn, draft), counterfactuals, latencyMs),
                new ConversationEvent.ReplySent(turn.Number, id, text, draft.Source, draft.Citations),
            ],
        };
    }

    private static OutcomeKind Outcome(Turn turn, DraftAnswer draft) =>
        draft.Source == ActStage.Source
            || turn.Findings.Resolution?.Actions?.Any(a => a.Status == StepResult.Done) == true
            ? OutcomeKind.Acted : OutcomeKind.Replied;

    private static TurnDecision Ask(
        Turn turn, PolicyVerdict verdict, IReadOnlyList<string> counterfactuals, EscalationFacts facts,
        double latencyMs)
    {
        var field = facts.MissingFields[0];
        var offers = turn.Findings.Offered?.Offers ?? [];
        var text = ReplyText.Question(turn, field, offers);
        var id = MessageIdOf(turn);
        return new TurnDecision
        {
            Text = text, MessageId = id, Verdict = verdict,
            Events =
            [
                .. Fired(turn, facts), Made(turn, verdict, OutcomeKind.Asked, counterfactuals, latencyMs),
                .. Helped(turn, turn.Findings.Offered),
                new ConversationEvent.QuestionAsked(
                    turn.Number, id, field, text,
                    field == Stages.Confirming.Field ? turn.Findings.Resolution?.Confirm?.Effect : null),
            ],
        };
    }

    private TurnDecision Escalate(
        Turn turn, PolicyVerdict verdict, IReadOnlyList<string> counterfactuals, double latencyMs,
        OutcomeKind outcome = OutcomeKind.Escalated, EscalationFacts? known = null, bool cameBack = false)
    {
        var facts = known ?? TurnFacts.Of(turn, turn.Findings);
        var now = Instant.FromDateTimeOffset(turn.Now);
        var needs = TicketNeeds.Of(
            turn.Playbook, turn.Conversation.Channel, turn.Findings.Triage?.Intent ?? turn.Conversation.LastIntent,
            turn.Findings.Triage?.Language);
        var number = CallbackNumber.Of(turn.Conversation);
        var loads = new Dictionary<string, QueueLoad>();
        var assignment = Assignment.Of(
            turn.Playbook, verdict.Queue ?? "", now,
            queue => loads.TryGetValue(queue, out var load) ? load : loads[queue] = loadOf(queue, needs),
            canCall: number is not null);
        verdict = verdict with { Queue = assignment.Queue.Name };
        var packet = HandoffPackets.Of(
            turn.Conversation, facts, verdict, turn.Findings.Resolution?.Attempt, turn.Findings.Summary);
        var stopped = outcome == OutcomeKind.Held && !cameBack;
        var offered = outcome == OutcomeKind.Escalated ? turn.Findings.Offered : null;
        if (stopped) assignment =
            assignment with { PromisedBy = now + Duration.FromTimeSpan(turn.Playbook.Brand.KillSwitchPromise) };
        var level = stopped ? null : SlaClock.PolicyOf(turn.Playbook, facts.ToRuleFacts());
        IReadOnlyList<SlaTarget> targets = stopped
            ? [SlaTarget.OfKillSwitch(assignment.PromisedBy - now, now)]
            : level is null ? [] : SlaClock.Start(level, verdict.Priority, assignment.Queue, now);
        var text = stopped
            ? ReplyText.KillSwitch(turn)
            : cameBack ? ReplyText.Waiting(turn, assignment.Promise)
            : facts.Triggers.Any(t => t.Name == TriggerCatalog.SelfHarm) ? ReplyText.Crisis(turn, assignment.Promise)
            : ReplyText.Escalated(turn, assignment.Promise, offered?.Offers ?? []);
        var id = MessageIdOf(turn);
        return new TurnDecision
        {
            Text = text, MessageId = id, Verdict = verdict,
            Events =
            [
                .. Fired(turn, known), Made(turn, verdict, outcome, counterfactuals, latencyMs),
                .. Helped(turn, offered),
                new ConversationEvent.Escalated(
                    turn.Number, packet, assignment.Queue.Name, verdict.Priority, verdict.Route, packet.Reason,
                    assignment.Promise, assignment.PromisedBy.ToDateTimeOffset(), level?.Name, needs),
                new ConversationEvent.TicketRecorded("baton", turn.Conversation.Id),
                new ConversationEvent.Locked(verdict.DecidedBy),
                .. Fallback(assignment), .. Call(assignment, stopped ? null : number),
                .. targets.Select(t => t.ToFact()),
                new ConversationEvent.Held(
                    turn.Number, id, stopped ? "kill_switch" : cameBack ? "locked" : "escalated", text),
            ],
        };
    }

    /// <summary>What the customer is offered meanwhile, and the reply that waits for the person.</summary>
    private static IEnumerable<ConversationEvent> Helped(Turn turn, Offered? offered)
    {
        if (offered is { Offers.Count: > 0 }) yield return new ConversationEvent.OfferMade(turn.Number, offered.Offers);
        if (offered?.Draft is { } draft)
            yield return new ConversationEvent.DraftWritten(
                turn.Number, draft.Text, draft.Source, draft.Citations, draft.Relevance);
    }

    private static IEnumerable<ConversationEvent> Call(Assignment assignment, string? number) =>
        number is null || assignment.How != OutsideHours.Callback
            ? []
            : [new ConversationEvent.CallbackScheduled(
                number, assignment.Queue.Name, assignment.PromisedBy.ToDateTimeOffset(), assignment.Promise)];

    private static IEnumerable<ConversationEvent> Fallback(Assignment assignment)
    {
        if (assignment.PassedOver.Count == 0) yield break;
        var how = assignment.Staffed ? "queue " + assignment.Queue.Name : Word(assignment.How);
        yield return new ConversationEvent.FallbackScheduled(
            how, assignment.PassedOver[0], assignment.PromisedBy.ToDateTimeOffset());
    }

    private static string Word(OutsideHours how) => how switch
    {
        OutsideHours.Email => "email",
        OutsideHours.Callback => "callback",
        _ => "queue at next opening",
    };

    private static IEnumerable<ConversationEvent> Fired(Turn turn, EscalationFacts? facts) =>
        (facts?.Triggers ?? []).Select(t => new ConversationEvent.TriggerFired(turn.Number, t));

    private static ConversationEvent.DecisionMade Made(
        Turn turn, PolicyVerdict verdict, OutcomeKind outcome, IReadOnlyList<string> counterfactuals,
        double latencyMs) => new(
            turn.Number, turn.Playbook.Version, verdict.Route, outcome, verdict.Confidence, verdict.NeedsReview,
            verdict.Reasoning, verdict.RulesMatched, counterfactuals, verdict.Steps, turn.Findings.Triage?.Intent,
            verdict.Priority, verdict.Queue, latencyMs,
            turn.Findings.Signals?.AnswerProbability ?? turn.Findings.Offered?.Probability,
            turn.Findings.Signals?.Autonomy, turn.Now);

    private static PolicyVerdict ShortCutVerdict(Turn turn, ShortCut cut, Route route) =>
        Settled(turn, route, cut.Name, cut.Reply is null
            ? $"skip rule {cut.Name}: no model was asked"
            : "an exact answer of the playbook: no model was asked") with
        {
            Priority = cut.Outcome?.Priority ?? Priority.Normal,
            Queue = cut.Outcome?.Queue ?? Default(turn, route),
            RulesMatched = cut.Outcome is null ? [] : [cut.Name],
        };

    private static PolicyVerdict KillSwitchVerdict(Turn turn, string held) =>
        Settled(turn, Route.L1, held, "the kill switch is on: a fixed text was sent and a person takes over");

    private static PolicyVerdict Settled(Turn turn, Route route, string by, string reasoning) => new()
    {
        Route = route, Priority = Priority.Normal, Queue = Default(turn, route), Confidence = 1, NeedsReview = false,
        Reasoning = reasoning, DecidedBy = by, Steps = [reasoning],
    };

    private static string? Default(Turn turn, Route route) =>
        route == Route.Auto ? null : turn.Playbook.Routing.Queues.GetValueOrDefault(route);

    private static Route Person(Route? route) => route is null or Route.Auto or Route.Ask ? Route.L1 : route.Value;

    private static DraftAnswer Exact(string reply) =>
        new() { Text = reply, Source = "exact", Relevance = 1, Tier = TierNames.Rules };

    private static string MessageIdOf(Turn turn) => $"{turn.Conversation.Id}/{turn.Conversation.Messages + 1}";
}
