using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Stages;
using Baton.Escalation;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Turns;

/// <summary>
/// One turn of a conversation on its way to a decision: what it started from, what the stages found so far, and what
/// the policy makes of that. A reading that no stage has made yet is neutral.
/// </summary>
public sealed class Turn
{
    private readonly TurnPolicy _policy;

    /// <param name="models">Null for a turn whose stages will not run.</param>
    internal Turn(
        Playbook playbook, LocalModels? models, Conversation conversation, DateTimeOffset now, int attempt = 1)
    {
        Input = new TurnInput(playbook, models, conversation, now, attempt);
        _policy = new TurnPolicy(this);
        // What an earlier run of this turn could not get stays so: its stages are read back, not run again.
        foreach (var fall in conversation.FellBack) if (fall.Turn == Number) Count(fall);
    }

    public TurnInput Input { get; }

    /// <summary>What the stages found, as they reported it.</summary>
    public TurnFindings Findings { get; private set; } = new();

    /// <inheritdoc cref="TurnInput.Playbook"/>
    public Playbook Playbook => Input.Playbook;

    /// <inheritdoc cref="TurnInput.Conversation"/>
    public Conversation Conversation => Input.Conversation;

    /// <inheritdoc cref="TurnInput.Number"/>
    public int Number => Input.Number;

    /// <inheritdoc cref="TurnInput.Now"/>
    public DateTimeOffset Now => Input.Now;

    /// <inheritdoc cref="TurnInput.Attempt"/>
    public int Attempt => Input.Attempt;

    /// <inheritdoc cref="TurnInput.Subject"/>
    public string Subject => Input.Subject;

    /// <inheritdoc cref="TurnInput.Body"/>
    public string Body => Input.Body;

    /// <inheritdoc cref="TurnInput.Earlier"/>
    public IReadOnlyList<string> Earlier => Input.Earlier;

    /// <inheritdoc cref="TurnInput.FullText"/>
    public string FullText => Input.FullText;

    internal LocalModels Models => Input.Models;

    /// <summary>Who is writing; of the highest tier when nobody could say.</summary>
    public CustomerContext Customer => Findings.Gate?.Customer ?? Conversation.Customer ?? new CustomerContext
    {
        Id = Conversation.CustomerId, Lookup = CustomerLookup.Failed, Tier = Playbook.CustomerTiers[^1],
    };

    /// <summary>What the directory said in this turn, so that it is asked once, whoever wants to know first.</summary>
    internal CustomerContext? LookedUp { get; set; }

    /// <summary>What it is about; no intent while no stage has read it.</summary>
    public TriageReading Triage => Findings.Triage ?? (field ??= new TriageReading
    {
        Intent = TriageReading.None, Class = IntentClass.Human, Category = TriageReading.None,
            ProductArea = TriageReading.None, Confidence = 0,
        Tier = TierNames.Rules, Fields = Conversation.Fields,
    });

    /// <summary>From which probability the articles answer this customer's request.</summary>
    internal ThresholdInForce AnswerFrom => Playbook.AnswerFromFor(ClassRead, Customer.Tier);

    /// <summary>How sure triage has to be of a reading of this customer's message.</summary>
    internal double TriageFrom(TriageReading reading) => Playbook.Thresholds.TriageConfidenceFor(
        reading.Intent == TriageReading.None ? null : reading.Class, Customer.Tier);

    /// <summary>From which probability they are offered.</summary>
    internal double OfferFrom =>
        Playbook.Thresholds.OfferBy.For(Playbook.Thresholds.Offer, ClassRead, Customer.Tier).Value;

    private IntentClass? ClassRead => Triage.Intent == TriageReading.None ? null : Triage.Class;

    /// <summary>How the customer sounds; neutral while no stage has read it.</summary>
    public ToneReading Tone => Findings.Tone ?? Unread.Tone;

    /// <summary>How hard it is; easy while no stage has read it.</summary>
    public ComplexityReading Complexity => Findings.Complexity ?? Unread.Complexity;

    /// <summary>Known values by name: what came with the ticket, and what triage found in the text.</summary>
    public IReadOnlyDictionary<string, string> Fields => Triage.Fields;

    /// <summary>What stages of this run have spent; the conversation's own sum has those of earlier runs.</summary>
    public decimal SpentUsd { get; private set; }

    /// <summary>Whether a model that should have been asked was out of reach.</summary>
    internal bool ModelUnavailable { get; private set; }

    /// <summary>Whether the ticket has used up its budget for models.</summary>
    internal bool BudgetStopped { get; private set; }

    /// <summary>Whether models may take their time, at batch prices.</summary>
    internal bool Batch { get; set; }

    /// <summary>Whether nobody gets the decision: no effect, and on an account of its own.</summary>
    internal bool IsShadow => ShadowBudget is not null;

    /// <summary>What all shadows together may spend in a day; null: the turn is no shadow's.</summary>
    internal Usd? ShadowBudget { get; init; }

    /// <summary>Id of the approval without which the turn cannot go on; null: it need not wait.</summary>
    internal string? WaitsFor { get; set; }

    /// <summary>Facts with their triggers, as the policy sees them now.</summary>
    internal EscalationFacts Facts => _policy.Ask(Findings).Facts;

    /// <summary>What the policy makes of everything known now; asked again only when something new is known.</summary>
    public PolicyVerdict Verdict => _policy.Ask(Findings).Verdict;

    /// <summary>The verdict before an answer is tried, once these signals are known.</summary>
    internal PolicyVerdict VerdictBeforeAnswer(Signals signals) =>
        _policy.Ask(Findings with { Signals = signals }).Verdict;

    /// <summary>The verdict with the answer, once this is known to be wrong with it.</summary>
    internal PolicyVerdict VerdictWithAnswer(IReadOnlyList<string> problems) =>
        _policy.Ask(Findings with { AnswerProblems = problems }).Verdict;

    /// <summary>The verdict if the answer were as sure as one can be and nothing wrong with it.</summary>
    internal PolicyVerdict VerdictWithSurestAnswer() => EscalationPolicy.Evaluate(
        Playbook, _policy.Ask(
            Findings with { AnswerProblems = [] }).Facts with { Answer = new AnswerEvidence(true, 1) });

    /// <summary>Takes what a stage gave back.</summary>
    internal void Take(TurnFindings findings) => Findings = findings;

    /// <summary>Counts what a stage reported besides its output.</summary>
    internal void Count(StageReport report)
    {
        if (report.IsAside) return;
        SpentUsd += report.CostUsd;
        foreach (var fact in report.Facts)
            if (fact is ConversationEvent.ModelFellBack fall) Count(fall);
    }

    private void Count(ConversationEvent.ModelFellBack fall)
    {
        BudgetStopped |= fall.Why == Asking.Fallbacks.TicketBudget;
        // Without a model's tone the local one serves; without intent or answer there is nothing to go on with.
        ModelUnavailable |= fall is { To: TierNames.Local, Stage: ModelStages.Triage or ModelStages.Draft }
            && Asking.Fallbacks.IsOutOfReach(fall.Why);
    }

    /// <summary>Readings that stand for those that were not made.</summary>
    private static class Unread
    {
        public static readonly ToneReading Tone = new() { Sentiment = 5, Urgency = 5, Tone = "neutral" };
        public static readonly ComplexityReading Complexity = new(1, false, []);
    }
}
