using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Escalation;

/// <summary>Everything the policy decides on. A model's opinion is one fact among others.</summary>
public sealed record EscalationFacts
{
    public required string Channel { get; init; }

    public required CustomerContext Customer { get; init; }

    public required TriageReading Triage { get; init; }

    public required ToneReading Tone { get; init; }

    public required ComplexityReading Complexity { get; init; }

    /// <summary>Subject and text of the turn, redacted.</summary>
    public string Subject { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>
    /// What word triggers read: everything the customer sent and nobody has decided on, without the brand's own text
    /// coming back. Null takes <see cref="Body"/>.
    /// </summary>
    public string? Noticed { get; init; }

    /// <summary>Length of the message as sent, characters.</summary>
    public int MessageCharacters { get; init; }

    public bool Truncated { get; init; }

    /// <summary>Number of the customer's message in the conversation, from 1.</summary>
    public int Turn { get; init; } = 1;

    public int QuestionsAsked { get; init; }

    /// <summary>Answers of Baton's that did not settle the matter, this turn included.</summary>
    public int Failures { get; init; }

    /// <summary>Similarity of this message to an earlier one of the customer's, 0 to 1.</summary>
    public double Repetition { get; init; }

    /// <summary>How much the message looks like an instruction to the machine, 0 to 1, and of what kind.</summary>
    public double InstructionScore { get; init; }

    public string? InstructionKind { get; init; }

    /// <summary>
    /// A model's word on who should answer: <c>answer</c>, <c>ask</c>, <c>person</c>; null when none was asked.
    /// </summary>
    public string? Opinion { get; init; }

    public double OpinionConfidence { get; init; }

    /// <summary>Value of the order in question; null when no order is known.</summary>
    public double? OrderValue { get; init; }

    public bool AfterHours { get; init; }

    /// <summary>Share of the shortest SLA target already used up, 0 and up.</summary>
    public double SlaUsed { get; init; }

    public decimal CostUsd { get; init; }

    /// <summary>Whether the budget of the ticket refused a call to a model.</summary>
    public bool CostStopped { get; init; }

    /// <summary>Required fields of the intent that the ticket does not carry.</summary>
    public IReadOnlyList<string> MissingFields { get; init; } = [];

    /// <summary>What else the customer asks for that no answer to the intent covers, in words for people.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];

    /// <summary>
    /// How probably the articles answer everything that is asked; null when nothing chose among them.
    /// </summary>
    public double? AnswerProbability { get; init; }

    /// <summary>
    /// Whether that is enough for a reply. It stands for all other measures of confidence: how sure triage is and
    /// whether the message fits an intent do not stop it; safety, law, security, lost data and the wish for a person
    /// do.
    /// </summary>
    public bool Accepted { get; init; }

    /// <summary>Whether an agent or a workflow may act on the request, where it needs several steps.</summary>
    public bool Acts { get; init; }

    /// <summary>How freely automation may answer: the lowest of intent, channel and what people set.</summary>
    public AutonomyRung Autonomy { get; init; } = AutonomyRung.Auto;

    /// <summary>Null while no answer was tried.</summary>
    public AnswerEvidence? Answer { get; init; }

    /// <summary>Whether every model that should have been asked was out of reach.</summary>
    public bool ModelUnavailable { get; init; }

    /// <summary>Decision confidence, 0 to 1; null until the policy was asked.</summary>
    public double? DecisionConfidence { get; init; }

    public IReadOnlyList<TriggerFinding> Triggers { get; init; } = [];

    /// <summary>How sure triage has to be of what it read.</summary>
    public double TriageFrom(Playbook playbook) => playbook.Thresholds.TriageConfidenceFor(
        Triage.Intent == TriageReading.None ? null : Triage.Class, Customer.Tier);

    /// <summary>The facts as rule conditions see them.</summary>
    public RuleFacts ToRuleFacts()
    {
        var facts = new RuleFacts()
            .Set(RuleFields.CustomerTier, Customer.Tier)
            .Set(RuleFields.CustomerKnown, Customer.Lookup == CustomerLookup.Found)
            .Set(RuleFields.RecentTickets, Customer.RecentTickets)
            .Set(RuleFields.Urgency, Tone.Urgency)
            .Set(RuleFields.Sentiment, Tone.Sentiment)
            .Set(RuleFields.Tone, Tone.Tone)
            .Set(RuleFields.Trajectory, Tone.Trajectory)
            .Set(RuleFields.Complexity, Complexity.Score)
            .Set(RuleFields.CrossSystem, Complexity.CrossSystem)
            .Set(RuleFields.Intent, Triage.Intent)
            .Set(RuleFields.IntentClass, EnumWords.Of(Triage.Class))
            .Set(RuleFields.Category, Triage.Category)
            .Set(RuleFields.ProductArea, Triage.ProductArea)
            .Set(RuleFields.TriageConfidence, Triage.Confidence)
            .Set(RuleFields.Opinion, Opinion)
            .Set(RuleFields.Channel, Channel)
            .Set(RuleFields.Language, Triage.Language)
            .Set(RuleFields.Turn, Turn)
            .Set(RuleFields.Questions, QuestionsAsked)
            .Set(RuleFields.MessageLength, MessageCharacters)
            .Set(RuleFields.AfterHours, AfterHours)
            .Set(RuleFields.CostUsd, (double)CostUsd)
            .Set(RuleFields.Subject, Subject)
            .Set(RuleFields.Body, Body);
        if (OrderValue is { } value) facts.Set(RuleFields.OrderValue, value);
        if (Answer is { } answer) facts.Set(RuleFields.AnswerRelevance, answer.Relevance);
        foreach (var flag in RuleFields.Triggers.Values) facts.Set(flag, false);
        foreach (var trigger in Triggers) facts.Set(RuleFields.Trigger(trigger.Name), true);
        return facts;
    }
}

/// <summary>What an attempted answer rests on.</summary>
/// <param name="Ready">Whether there is an answer that may be sent.</param>
/// <param name="Relevance">How well the sources answer the question, 0 to 1.</param>
/// <param name="Problem">Why there is none, or why it may not be sent.</param>
public sealed record AnswerEvidence(bool Ready, double Relevance, string? Problem = null);
