using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Stages;
using Baton.Escalation;
using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Decisions.Turns;

/// <summary>What the policy is told about a turn. What no stage has read is neutral.</summary>
internal static class TurnFacts
{
    /// <summary>Facts with their triggers, worked out anew from what is known now.</summary>
    public static EscalationFacts Of(Turn turn) => WithTriggers(turn, Of(turn, turn.Findings));

    /// <summary>Facts without triggers.</summary>
    /// <param name="findings">The turn's, or what they would be with one more.</param>
    public static EscalationFacts Of(Turn turn, TurnFindings findings)
    {
        var (conversation, triage, signals) = (turn.Conversation, turn.Triage, findings.Signals);
        return new EscalationFacts
        {
            Channel = conversation.Channel,
            Customer = turn.Customer,
            Triage = triage,
            Tone = turn.Tone,
            Complexity = turn.Complexity,
            Subject = turn.Subject,
            Body = turn.Body,
            Noticed = turn.Input.Noticed,
            MessageCharacters = conversation.LastMessageCharacters,
            Truncated = conversation.LastMessageTruncated,
            Turn = turn.Number,
            QuestionsAsked = conversation.QuestionsAsked,
            Failures = conversation.Failures + (ConversationFold.IsFailure(conversation, triage.Intent) ? 1 : 0),
            Repetition = signals?.Repetition ?? 0,
            InstructionScore = signals?.InstructionScore ?? 0,
            InstructionKind = signals?.InstructionKind,
            Opinion = signals?.Opinion,
            OpinionConfidence = signals?.OpinionConfidence ?? 0,
            OrderValue = findings.Resolution?.OrderValue ?? GivenOrderValue(turn),
            AfterHours = AfterHours(turn, triage),
            CostUsd = conversation.CostUsd + turn.SpentUsd,
            CostStopped = turn.BudgetStopped,
            ModelUnavailable = turn.ModelUnavailable,
            MissingFields = Missing(turn, findings),
            Unanswered = signals?.Unanswered ?? [],
            AnswerProbability = signals?.AnswerProbability,
            Accepted = signals?.Accepted ?? false,
            Acts = signals?.Acts ?? false,
            Autonomy = signals?.Autonomy ?? AutonomyRung.Auto,
            Answer = Evidence(findings),
        };
    }

    /// <summary>The same with what follows from all of it: how late it is, and which triggers fire.</summary>
    public static EscalationFacts WithTriggers(Turn turn, EscalationFacts facts)
    {
        facts = facts with { SlaUsed = SlaUsed(turn, facts) };
        return facts with { Triggers = TriggerTable.Evaluate(turn.Playbook, facts, turn.Input.Said) };
    }

    /// <summary>
    /// Share of the first-reply target that passed before anybody answered: a backlog or an outage used it up. The
    /// target is the one an escalation at normal priority would have started with the ticket.
    /// </summary>
    private static double SlaUsed(Turn turn, EscalationFacts facts)
    {
        // A ticket that was taken up within a second has used up nothing worth the arithmetic.
        var waited = turn.Now - turn.Conversation.StartedAt;
        if (turn.Conversation.LastOutcome is not null || waited < TimeSpan.FromSeconds(1)) return 0;
        if (QueueOf(turn, facts.Triage) is not { } queue) return 0;
        return SlaClock.FirstReplyUsed(
            turn.Playbook, facts.ToRuleFacts(), Priority.Normal, queue,
            Instant.FromDateTimeOffset(turn.Conversation.StartedAt), Instant.FromDateTimeOffset(turn.Now));
    }

    /// <summary>
    /// A field that names nothing the order system knows is as good as missing, and so is who asks where that must be
    /// known.
    /// </summary>
    private static IReadOnlyList<string> Missing(Turn turn, TurnFindings findings) =>
        findings.Resolution?.Problem switch
        {
            Resolution.NotFound => Needed(turn, findings),
            Resolution.Unverified => [VerifyingQuestion.Field],
            Resolution.Unconfirmed => [Confirming.Field],
            _ => findings.Signals?.Missing ?? [],
        };

    private static IReadOnlyList<string> Needed(Turn turn, TurnFindings findings) =>
        findings.Signals?.Workflow is { } name ? turn.Playbook.Workflows.First(w => w.Name == name).Needs
            : turn.Playbook.FindIntent(turn.Triage.Intent)?.RequiredFields ?? [];

    private static AnswerEvidence? Evidence(TurnFindings findings)
    {
        if (findings is not { AnswerProblems: { } problems, Resolution: { } resolution }) return null;
        if (resolution.Draft is { } draft)
            return new AnswerEvidence(problems.Count == 0, draft.Relevance, problems is [var first, ..] ? first : null);
        // Nothing was due, or the number was unknown: the question back is decided by the missing field.
        return resolution.Problem is null or Resolution.NotFound or Resolution.Unverified or Resolution.Unconfirmed
            ? null
            : new AnswerEvidence(false, 0, resolution.Problem);
    }

    private static double? GivenOrderValue(Turn turn) =>
        turn.Conversation.Fields.TryGetValue("order_value", out var text)
            && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value)
            // "NaN" and "1e400" are read as numbers too, and no order is worth them.
            && double.IsFinite(value)
            ? value
            : null;

    private static bool AfterHours(Turn turn, TriageReading triage)
    {
        var queue = QueueOf(turn, triage);
        return queue is not null && !StaffedHours.IsStaffed(queue, Instant.FromDateTimeOffset(turn.Now));
    }

    /// <summary>The queue the ticket would most likely go to.</summary>
    private static Queue? QueueOf(Turn turn, TriageReading triage)
    {
        var name = turn.Playbook.FindIntent(triage.Intent)?.Queue
            ?? turn.Playbook.Routing.Queues.GetValueOrDefault(Route.L1);
        return name is null ? null : turn.Playbook.FindQueue(name);
    }
}
