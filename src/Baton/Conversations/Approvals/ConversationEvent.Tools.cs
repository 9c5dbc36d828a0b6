using Baton.Conversations.Findings;

namespace Baton.Conversations;

/// <content>Calls of tools, and the approvals that some of them wait for.</content>
public abstract partial record ConversationEvent
{
    /// <summary>One attempt of a call and how it ended.</summary>
    /// <param name="Agent">Null for look-ups of intents, which no agent makes.</param>
    /// <param name="Effect">Key of what it changes; null when it only reads.</param>
    /// <param name="Attempt">From 1; later ones have the same key.</param>
    /// <param name="Reference">The tool's own name of what it did.</param>
    public sealed record ToolCalled(
        int Turn, string Tool, string Scope, string InputDigest, string Outcome, double LatencyMs,
        string? Agent = null, string? Effect = null, int Attempt = 1, string? Reference = null, decimal? Amount = null,
        string? Currency = null) : ConversationEvent;

    /// <param name="Clause">What forbade it: <c>scope</c>, <c>precondition:window</c> …</param>
    public sealed record ToolDenied(
        int Turn, string Tool, string Scope, string Why, string? Agent = null, string? Clause = null)
        : ConversationEvent;

    /// <summary>A call waits for a person; its turn is not decided before.</summary>
    /// <param name="Role">The least role of who may decide.</param>
    public sealed record ApprovalRequested(
        int Turn, string Tool, string InputDigest, string Why, string ApprovalId = "", string? Agent = null,
        decimal? Amount = null, string? Currency = null, string? Role = null, bool FourEyes = false,
        DateTimeOffset? ExpiresAt = null) : ConversationEvent;

    /// <param name="Changed">Whether with other inputs than were asked for.</param>
    /// <param name="Decides">False while a second person has to agree.</param>
    public sealed record ApprovalGiven(
        string Tool, string InputDigest, string By, string ApprovalId = "", bool Changed = false, bool Decides = true)
        : ConversationEvent;

    public sealed record ApprovalRefused(
        string Tool, string InputDigest, string By, string Why, string ApprovalId = "") : ConversationEvent;

    /// <summary>Somebody wanted other inputs, and policy does not allow those; the approval stays open.</summary>
    /// <param name="Clause">What forbids them; their values are personal and stay out.</param>
    public sealed record ApprovalChangeDenied(
        string Tool, string InputDigest, string By, string Clause, string ApprovalId) : ConversationEvent;

    /// <summary>Nobody decided in time; the ticket goes to a person.</summary>
    public sealed record ApprovalExpired(string Tool, string InputDigest, string ApprovalId) : ConversationEvent;

    /// <summary>These effects of a turn had begun, and it ended without telling of them.</summary>
    public sealed record ActionsFound(int Turn, IReadOnlyList<TicketAction> Actions) : ConversationEvent;

    /// <summary>A person had an effect taken back, after the turn that had made it.</summary>
    /// <param name="Tool">The one that made it.</param>
    /// <param name="Reference">What the other system names it.</param>
    /// <param name="Status"><c>undone</c>, or <c>undo_failed</c> where it stands.</param>
    public sealed record ActionUndone(string Tool, string Reference, string Status) : ConversationEvent;

    /// <summary>A model gave its opinion on a score that rules left in doubt.</summary>
    /// <param name="Step">Of the workflow.</param>
    /// <param name="Points">What the rules had counted.</param>
    /// <param name="Verdict"><c>clean</c>, which changes nothing, or <c>suspicious</c>: a person has it.</param>
    public sealed record ScoreOpinionGiven(
        int Turn, string Agent, string Step, int Points, string Verdict, string Concern, string Tier)
        : ConversationEvent;

    /// <summary>A model that works with tools has answered once.</summary>
    /// <param name="Step">From 1, within its turn.</param>
    /// <param name="Calls">Tools that it asked for, by name.</param>
    public sealed record AgentStepped(
        int Turn, string Agent, int Step, string? Model, int TokensIn, int TokensOut, decimal CostUsd, double LatencyMs,
        IReadOnlyList<string> Calls) : ConversationEvent;
}
