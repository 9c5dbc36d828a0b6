using Baton.Conversations.Findings;
using Baton.Playbooks.Models;

namespace Baton.Conversations.Tickets;

/// <summary>
/// Builds a decision from the events of its turn. The same code runs when a decision is committed and when tables are
/// rebuilt, so both give the same JSON.
/// </summary>
public static class DecisionView
{
    /// <summary>The decision of a turn.</summary>
    /// <param name="ticketId">The conversation's id.</param>
    /// <param name="events">The turn's events; <c>DecisionMade</c> must be among them.</param>
    public static Decision Of(string ticketId, IReadOnlyList<ConversationEvent> events)
    {
        var made = events.OfType<ConversationEvent.DecisionMade>().LastOrDefault()
            ?? throw new InvalidOperationException($"the turn of {ticketId} has no decision");
        ConversationEvent.Escalated? escalated = null;
        var (triggers, stages) = (new List<string>(), new List<StageTrace>());
        var readings = new Readings();
        string? reply = null;
        IReadOnlyList<Citation> citations = [];
        SecondOpinion? second = null;
        IReadOnlyList<Offer> offers = [];
        ReplyDraft? draft = null;
        foreach (var fact in StageRuns.Unpacked(events))
        {
            switch (fact)
            {
                // Stages of a turn that started over because the customer wrote again stay out of the decision.
                case ConversationEvent.StageCompleted e when e.Turn == made.Turn: Add(e, stages, ref readings); break;
                case ConversationEvent.StageFailed e when e.Turn == made.Turn:
                    stages.Add(new StageTrace(e.Stage, TierNames.None, 0, 0, null, null, "failed: " + e.Error));
                    break;
                case ConversationEvent.SecondOpinionGiven e when e.Turn == made.Turn:
                    second = new(e.Tier, e.Model, e.SecondIntent, e.AgreesOnIntent, e.Opinion, e.AgreesOnRoute);
                    break;
                case ConversationEvent.TriggerFired e when e.Turn == made.Turn: triggers.Add(e.Finding.Name); break;
                case ConversationEvent.ActionsFound e:
                    readings = readings with { Actions = ActionsTaken.With([.. readings.Actions ?? []], e.Actions) };
                    break;
                case ConversationEvent.OfferMade e: offers = e.Offers; break;
                case ConversationEvent.DraftWritten e: draft = new(e.Text, e.Citations, e.Probability); break;
                case ConversationEvent.Escalated e: escalated = e; break;
                case ConversationEvent.ReplySent e: (reply, citations) = (e.Text, e.Citations); break;
                case ConversationEvent.QuestionAsked e: reply = e.Text; break;
                case ConversationEvent.Held e: reply = e.Text; break;
            }
        }
        return new Decision
        {
            TicketId = ticketId, Playbook = made.Playbook, Route = made.Route, Queue = made.Queue,
            Priority = made.Priority, Outcome = made.Outcome, DecisionConfidence = made.Confidence,
            Reasoning = made.Reasoning, Triage = readings.Triage is null ? null
            : readings.Triage with { Requests = null },
            Tone = readings.Tone,
            Complexity = readings.Complexity, RulesMatched = made.RulesMatched, Triggers = triggers,
            Counterfactuals = made.Counterfactuals, Reply = reply, Citations = citations,
            AnswerProbability = made.AnswerProbability, Offers = offers, Draft = draft,
            Requests = Requests(readings.Triage, made.Outcome),
            Actions = readings.Actions ?? [],
            Handoff = escalated?.Packet, SecondOpinion = second, CostUsd = stages.Sum(s => s.CostUsd),
            LatencyMs = made.LatencyMs,
            Stages = stages,
        };
    }

    /// <summary>
    /// A reply goes out when it answers all of them; with everything else a person or the customer is next.
    /// </summary>
    private static IReadOnlyList<AskedRequest> Requests(TriageReading? triage, OutcomeKind outcome) =>
    [
        .. (triage?.Requests ?? []).Select(r =>
            new AskedRequest(r.Text, r.Intent, r.Confidence, outcome is OutcomeKind.Replied or OutcomeKind.Acted)),
    ];

    private static void Add(ConversationEvent.StageCompleted e, List<StageTrace> stages, ref Readings readings)
    {
        stages.Add(new StageTrace(e.Stage, e.Tier, e.LatencyMs, e.CostUsd, e.Confidence, e.Model, e.Note));
        readings = e.Stage switch
        {
            StageNames.Triage => readings with { Triage = ConversationJson.Read<TriageReading>(e.Output) },
            StageNames.Tone => readings with { Tone = ConversationJson.Read<ToneReading>(e.Output) },
            StageNames.Act or StageNames.Agent when ActionsTaken.Of(e) is { Count: > 0 } actions =>
                readings with { Actions = actions },
            StageNames.Complexity => readings with { Complexity = ConversationJson.Read<ComplexityReading>(e.Output) },
            _ => readings,
        };
    }

    private readonly record struct Readings(
        TriageReading? Triage, ToneReading? Tone, ComplexityReading? Complexity,
        IReadOnlyList<TicketAction>? Actions);
}
