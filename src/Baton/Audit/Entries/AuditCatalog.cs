using System.Collections.Frozen;
using Kind = Baton.Audit.Entries.AuditKind;

namespace Baton.Audit.Entries;

/// <summary>
/// The one place that says which events an auditor sees and as what. Every type of event is here, as an entry or with
/// the reason why it is none; a test compares with the source.
/// </summary>
internal static class AuditCatalog
{
    private const string StaysInTicket = "work on a ticket that changes no decision: the ticket's own history has it";
    private const string IsClock = "a clock of a promise: queues and promises at Insights have it";
    private const string IsInput = "what came in or was computed on the way: the decision that follows is the entry";
    private const string IsMoney = "a receipt: costs have their own record and export";

    private static readonly string[] None = [];

    private static readonly AuditRule Unknown = new(Kind.Other, None, None);

    /// <summary>Types that are entries.</summary>
    public static readonly FrozenDictionary<string, AuditRule> Entries = new Dictionary<string, AuditRule>
    {
        ["DecisionMade"] = new(Kind.Decision, None, ["route", "outcome", "queue", "confidence", "playbook"]),
        ["DecisionScored"] = new(Kind.Decision, None, ["criterion", "score"]),
        ["Held"] = new(Kind.Decision, None, None),
        ["DecisionReviewed"] = new(Kind.Decision, None, ["should_have_been"]),
        ["HandoffJudged"] = new(Kind.Decision, None, ["needed"]),
        ["TriggerFired"] = new(Kind.Escalation, None, ["finding.name"]),
        ["Escalated"] = new(Kind.Escalation, None, ["route", "queue", "priority"]),
        ["PriorityRaised"] = new(Kind.Escalation, None, ["to"]) { Before = "from" },
        ["Requeued"] = new(Kind.Escalation, None, ["to"]) { Before = "from" },
        ["Rerouted"] = new(Kind.Ticket, None, ["to"]) { Before = "from" },
        ["HandedOver"] = new(Kind.Ticket, None, ["to"]) { Before = "from" },
        ["Unlocked"] = new(Kind.Ticket, None, None),
        ["Closed"] = new(Kind.Ticket, None, ["outcome"]),
        ["AgentReplied"] = new(Kind.Ticket, None, ["message_id"]),
        ["DraftSent"] = new(Kind.Ticket, None, None),
        ["DraftEdited"] = new(Kind.Ticket, None, None),
        ["DraftDiscarded"] = new(Kind.Ticket, None, None),
        ["DeliveryRetried"] = new(Kind.Ticket, ["message_id"], ["channel"]),
        ["MergedInto"] = new(Kind.Ticket, None, ["ticket_id"]),
        ["ResolutionVerified"] = new(Kind.Ticket, None, None),
        ["TicketSubmitted"] = new(Kind.Ticket, ["ticket"], None) { Actor = ["by", "person"] },
        ["MessageAdded"] = new(Kind.Ticket, ["ticket"], None) { Actor = ["by", "person"] },
        ["CustomerWordsAdded"] = new(Kind.Ticket, ["ticket"], None) { Actor = ["by", "person"] },
        ["ToolDenied"] = new(Kind.Approval, ["tool"], ["scope"]) { Actor = ["agent"] },
        ["ApprovalRequested"] = new(Kind.Approval, ["tool"], ["amount", "currency", "role"]) { Actor = ["agent"] },
        ["ApprovalGiven"] = new(Kind.Approval, ["tool"], ["approval_id", "changed", "decides"]),
        ["ApprovalRefused"] = new(Kind.Approval, ["tool"], ["approval_id"]),
        ["ApprovalChangeDenied"] = new(Kind.Approval, ["tool"], ["approval_id"]),
        ["ApprovalExpired"] = new(Kind.Approval, ["tool"], ["approval_id"]),
        ["ActionsFound"] = new(Kind.Approval, None, ["turn"]),
        ["ActionUndone"] = new(Kind.Approval, ["tool", "reference"], ["status"]),
        ["ToolAccepted"] = new(Kind.Approval, ["server", "tool"], ["digest"]) { Follows = true },
        ["KillSwitchChanged"] = new(Kind.KillSwitch, ["scope", "name"], ["on"]) { Follows = true },
        ["PlaybookProposed"] = new(Kind.Playbook, None, ["version"]),
        ["PlaybookVersionActivated"] = new(Kind.Playbook, None, ["version"]) { Before = "previous" },
        ["SuggestionDecided"] = new(Kind.Playbook, ["suggestion"], ["verdict"]) { Follows = true },
        ["CanaryChanged"] = new(Kind.Rollout, ["rollout"], ["what", "share", "candidate"]) { Follows = true },
        ["ShadowChanged"] = new(Kind.Rollout, ["shadow"], ["what", "candidate"]) { Follows = true },
        ["AutonomyChanged"] = new(Kind.Autonomy, ["intent"], ["rung", "share"]) { Follows = true },
        ["PersonAdded"] = new(Kind.Account, ["person"], ["role"]),
        ["PersonChanged"] = new(Kind.Account, ["person"], ["role", "fields"]),
        ["PersonDisabled"] = new(Kind.Account, ["person"], None),
        ["PersonEnabled"] = new(Kind.Account, ["person"], None),
        ["PasswordSet"] = new(Kind.Account, ["person"], None),
        ["PasswordAsked"] = new(Kind.Account, None, None) { Actor = ["from"] },
        ["SecondFactorAdded"] = new(Kind.Account, ["person"], None),
        ["SecondFactorRemoved"] = new(Kind.Account, ["person"], None),
        ["LockedOut"] = new(Kind.Account, ["person"], None) { Actor = ["address"] },
        ["LinkMade"] = new(Kind.Account, ["person"], ["purpose"]),
        ["KeyCreated"] = new(Kind.Access, ["key", "name"], ["scopes"]),
        ["KeyRevoked"] = new(Kind.Access, ["key", "name"], None),
        ["VirtualKeyCreated"] = new(Kind.Access, ["key", "name"], None),
        ["VirtualKeyDisabled"] = new(Kind.Access, ["name"], None),
        ["LoggedIn"] = new(Kind.Access, ["session"], ["address"]) { Actor = ["person", "name", "key"] },
        ["LogInRefused"] = new(Kind.Access, ["person"], None) { Actor = ["address"] },
        ["SessionEnded"] = new(Kind.Access, ["session"], None),
        ["SessionsEnded"] = new(Kind.Access, ["person"], None),
        ["PersonalDataRead"] = new(Kind.PersonalData, ["ticket_id"], ["what"]),
        ["MessageErased"] = new(Kind.PersonalData, ["message_id"], None),
        ["PersonErased"] = new(Kind.PersonalData, ["customer"], ["counts", "digest"]),
        ["PersonExported"] = new(Kind.PersonalData, ["customer"], ["counts", "digest"]),
        ["LegalHoldChanged"] = new(Kind.PersonalData, ["scope", "name"], ["on"]) { Follows = true },
        ["RetentionRan"] = new(Kind.PersonalData, None, ["counts"]),
        ["KeysLost"] = new(Kind.PersonalData, ["files"], ["messages"]),
        ["AuditExported"] = new(Kind.PersonalData, ["filter"], ["entries", "digest"]),
        ["AlertRaised"] = new(Kind.Alert, ["name"], ["severity"]),
        ["AlertCleared"] = new(Kind.Alert, ["name"], None),
        ["AlertAcknowledged"] = new(Kind.Alert, ["name"], None),
        ["AlertSilenced"] = new(Kind.Alert, ["name"], ["until"]),
        ["IncidentTriaged"] = new(Kind.Incident, None, ["text"]),
        ["IncidentActed"] = new(Kind.Incident, None, ["text"]),
        ["IncidentClosed"] = new(Kind.Incident, None, ["text"]),
        ["IncidentNoted"] = new(Kind.Incident, None, ["text"]),
        ["DeploymentSeen"] = new(Kind.Operations, None, ["version", "build"]) { Before = "previous" },
        ["LossAccepted"] = new(Kind.Operations, None, ["missing", "last_seq"]),
        ["EventsReplayed"] = new(Kind.Operations, ["what"], ["count"]),
        ["BackupMade"] = new(Kind.Operations, ["file"], ["bytes", "digest"]),
        ["BackupRemoved"] = new(Kind.Operations, ["file"], None),
        ["ArchiveWritten"] = new(Kind.Operations, ["segment"], ["events", "digest"]),
        ["ArchiveRejected"] = new(Kind.Operations, ["segment"], ["events", "digest"]),
        ["ArchiveVerified"] = new(Kind.Operations, ["segment"], ["events", "digest"]),
        ["ArchiveRemoved"] = new(Kind.Operations, ["segment"], ["events", "digest"]),
        ["ArchiveExpired"] = new(Kind.Operations, ["segment"], ["events", "digest"]),
    }.ToFrozenDictionary();

    /// <summary>Types that are none, and why.</summary>
    public static readonly FrozenDictionary<string, string> Left = new Dictionary<string, string>
    {
        ["ConversationStarted"] = IsInput, ["MessageReceived"] = IsInput, ["CustomerContextFetched"] = IsInput,
        ["StageCompleted"] = IsInput, ["StagesCompleted"] = IsInput, ["StageFailed"] = IsInput,
        ["ModelFellBack"] = IsInput, ["SecondOpinionGiven"] = IsInput, ["ScoreOpinionGiven"] = IsInput,
        ["AgentStepped"] = IsInput, ["ToolCalled"] = IsInput, ["QuestionAsked"] = IsInput, ["OfferMade"] = IsInput,
        ["DraftWritten"] = IsInput, ["ReplySent"] = "stands with the decision that brings it about",
        ["Locked"] = "stands with the escalation that brings it about",
        ["FallbackScheduled"] = IsClock, ["CallbackScheduled"] = IsClock, ["CallbackAttempted"] = StaysInTicket,
        ["CallbackMissed"] = IsClock, ["PromiseKept"] = IsClock, ["PromiseBroken"] = IsClock,
        ["TicketRecorded"] = StaysInTicket, ["DeliveryFailed"] = StaysInTicket, ["DeliveryRecovered"] = StaysInTicket,
        ["Offered"] = StaysInTicket, ["OfferAccepted"] = StaysInTicket, ["OfferDeclined"] = StaysInTicket,
        ["OfferExpired"] = StaysInTicket, ["Assigned"] = StaysInTicket, ["Claimed"] = StaysInTicket,
        ["Released"] = StaysInTicket, ["NoteAdded"] = StaysInTicket, ["ReplyWritten"] = StaysInTicket,
        ["ReplyTakenBack"] = StaysInTicket, ["RatingAsked"] = StaysInTicket, ["Reopened"] = StaysInTicket,
        ["MergedFrom"] = "the other half of MergedInto", ["Rated"] = StaysInTicket,
        ["SlaStarted"] = IsClock, ["SlaPaused"] = IsClock, ["SlaResumed"] = IsClock, ["SlaChanged"] = IsClock,
        ["SlaWarned"] = IsClock, ["SlaMet"] = IsClock, ["SlaBreached"] = IsClock, ["SlaStopped"] = IsClock,
        ["ResolutionAssumed"] = StaysInTicket, ["ResolutionConfirmed"] = StaysInTicket,
        ["ResolutionWithdrawn"] = StaysInTicket, ["ReceiptWritten"] = IsMoney,
        ["PresenceChanged"] = "comes and goes many times a day; what somebody does is an entry",
    }.ToFrozenDictionary();

    /// <summary>How a type is read; null where it is no entry. One of a later release is <c>other</c>.</summary>
    public static AuditRule? Of(string type) =>
        Entries.GetValueOrDefault(type) ?? (Left.ContainsKey(type) ? null : Unknown);
}
