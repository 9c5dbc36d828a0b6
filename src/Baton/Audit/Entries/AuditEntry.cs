namespace Baton.Audit.Entries;

/// <summary>What an auditor filters by.</summary>
internal enum AuditKind
{
    /// <summary>What automation decided, and what people say of it afterwards.</summary>
    Decision,

    /// <summary>A ticket is flagged for a person, or handed over.</summary>
    Escalation,

    /// <summary>A person acts on a ticket.</summary>
    Ticket,

    /// <summary>Tools: what was allowed, denied, approved or undone.</summary>
    Approval,

    KillSwitch,

    /// <summary>Which playbook is in force, and who is asked before one is.</summary>
    Playbook,

    Rollout,

    Autonomy,

    /// <summary>People of the team: who they are and what they may do.</summary>
    Account,

    /// <summary>Keys, sessions and log-ins.</summary>
    Access,

    /// <summary>Somebody read, took away or erased personal data.</summary>
    PersonalData,

    Alert,

    Incident,

    /// <summary>The installation itself: backups, retention, what was sent again.</summary>
    Operations,

    /// <summary>An event that this release has no words for.</summary>
    Other,
}

/// <summary>
/// Who did what, when and why; one event of the ledger as an auditor reads it. Redacted, as events are.
/// </summary>
/// <param name="Seq">Position of the event in the ledger.</param>
/// <param name="Type">Of the event.</param>
/// <param name="Actor">Id of a person, name of a key or <c>cli:…</c>; <c>baton</c> is automation.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Ticket">Null where it is about no ticket.</param>
/// <param name="Hash">Of the event: the entry is proved by the ledger.</param>
internal sealed record AuditEntry(
    long Seq, DateTimeOffset At, AuditKind Kind, string Type, string Actor, string Subject, string? Ticket,
    string? Why, string? Before, string? After, string Stream, long Version, string Hash);
