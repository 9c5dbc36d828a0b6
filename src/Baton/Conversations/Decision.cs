using System.Text.Json.Serialization;
using Baton.Conversations.Findings;
using Baton.Playbooks;

namespace Baton.Conversations;

/// <summary>What a turn came to. Words in files are the snake-case names.</summary>
public enum OutcomeKind
{
    Replied,

    /// <summary>Something was done for the customer, who was told.</summary>
    Acted,
    Asked,
    Escalated,

    /// <summary>A fixed text was sent, or nothing: kill switch, or the conversation is with a person.</summary>
    Held,

    /// <summary>Nothing was said and nobody disturbed: automatic mail, or a person has answered already.</summary>
    Silent,
}

/// <summary>
/// One decision as the world sees it: the line of <c>baton run</c>, the body of the API, the console's trace.
/// </summary>
public sealed record Decision
{
    public required string TicketId { get; init; }

    /// <summary>Version of the playbook in force.</summary>
    public required string Playbook { get; init; }

    public required Route Route { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Queue { get; init; }

    public required Priority Priority { get; init; }

    public required OutcomeKind Outcome { get; init; }

    /// <summary>0 to 1, from evidence; see <c>docs/decision-confidence.md</c>.</summary>
    public required double DecisionConfidence { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reasoning { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TriageReading? Triage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ToneReading? Tone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ComplexityReading? Complexity { get; init; }

    public IReadOnlyList<string> RulesMatched { get; init; } = [];

    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>Smallest single changes that would have changed the route.</summary>
    public IReadOnlyList<string> Counterfactuals { get; init; } = [];

    /// <summary>Text sent to the customer, with placeholders for personal data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Reply { get; init; }

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>How probably a reply made of articles is right, 0 to 1; null when none was chosen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? AnswerProbability { get; init; }

    /// <summary>Passages the customer was shown beside the promise of a person.</summary>
    public IReadOnlyList<Offer> Offers { get; init; } = [];

    /// <summary>What agents have done in other systems, or tried.</summary>
    public IReadOnlyList<TicketAction> Actions { get; init; } = [];

    /// <summary>A reply that waits for a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ReplyDraft? Draft { get; init; }

    /// <summary>What the message asks for, one by one.</summary>
    public IReadOnlyList<AskedRequest> Requests { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public HandoffPacket? Handoff { get; init; }

    /// <summary>What the next tier made of the turn; left out when it was not asked.</summary>
    public SecondOpinion? SecondOpinion { get; init; }

    public decimal CostUsd { get; init; }

    public double LatencyMs { get; init; }

    public IReadOnlyList<StageTrace> Stages { get; init; } = [];
}

/// <summary>A reading of the same turn by the next tier. Null where it was not asked.</summary>
/// <param name="Opinion"><c>answer</c>, <c>ask</c> or <c>person</c>.</param>
public sealed record SecondOpinion(
    string Tier, string? Model, string? Intent, bool? AgreesOnIntent, string? Opinion, bool? AgreesOnRoute);

/// <summary>A reply that may not leave by itself.</summary>
/// <param name="Probability">That it is right and all that was asked, 0 to 1.</param>
public sealed record ReplyDraft(string Text, IReadOnlyList<Citation> Citations, double Probability);

/// <summary>One request of a message.</summary>
/// <param name="Answered">Whether what was sent answers it.</param>
public sealed record AskedRequest(string Text, string Intent, double Confidence, bool Answered);

/// <summary>One stage of a decision.</summary>
public sealed record StageTrace(
    string Stage, string Tier, double LatencyMs, decimal CostUsd, double? Confidence, string? Model = null,
    string? Note = null);

/// <summary>
/// What the next person needs, in exactly six parts, and never a model's reasoning. Personal data is in placeholders;
/// people see the real values through the message table.
/// </summary>
public sealed record HandoffPacket
{
    public required PacketCustomer Customer { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<TranscriptLine> Transcript { get; init; }

    /// <summary>Which trigger and which rule.</summary>
    public required string Reason { get; init; }

    public required IReadOnlyDictionary<string, string> Account { get; init; }

    /// <summary>What was tried last, or that nothing was.</summary>
    public required string LastAttempt { get; init; }
}

/// <summary>Identity and tier.</summary>
public sealed record PacketCustomer(string? Id, string Tier, bool Known);
