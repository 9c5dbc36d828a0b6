using Baton.Conversations.Findings;
using Baton.Conversations.Judging;
using Baton.Conversations.Promises;
using Baton.Conversations.Routing;
using Baton.Customers;
using Baton.Playbooks;

namespace Baton.Conversations;

/// <summary>
/// A fact about one conversation. The set is closed and the names are stable: they are the <c>type</c> column of the
/// ledger. Texts in here are redacted.
/// </summary>
public abstract partial record ConversationEvent
{
    private ConversationEvent() { }

    // Intake

    public sealed record ConversationStarted(
        string TicketId, string Channel, string? Subject, string? CustomerId, string? GivenTier,
        int? GivenRecentTickets, IReadOnlyDictionary<string, string> Fields) : ConversationEvent;

    /// <param name="MessageId">Row of the message table that holds the raw text.</param>
    /// <param name="Position">Place in the conversation, from 1.</param>
    /// <param name="Truncated">Whether the text went over the limit and models read only its beginning.</param>
    /// <param name="WrittenAt">When the customer wrote it; may lie before the event itself.</param>
    /// <param name="Automatic">What kind of automatic mail it is, or null when somebody wrote it.</param>
    public sealed record MessageReceived(
        string MessageId, int Position, Author From, string Text, int Characters, bool Truncated,
        DateTimeOffset WrittenAt, string? Automatic = null) : ConversationEvent;

    /// <param name="LatencyMs">How long the lookup took; null in older ledgers.</param>
    public sealed record CustomerContextFetched(CustomerContext Context, double? LatencyMs = null) : ConversationEvent;

    public sealed record MessageErased(string MessageId, string By) : ConversationEvent;

    // Stages

    /// <param name="Output">The stage's output, read back when a turn resumes.</param>
    public sealed record StageCompleted(
        int Turn, string Stage, string Tier, string InputDigest, StageOutput Output, double LatencyMs,
        double? Confidence = null, decimal CostUsd = 0, string? Model = null, int TokensIn = 0, int TokensOut = 0,
        bool CacheHit = false, string? Note = null) : ConversationEvent;

    /// <summary>A run of stages that cost nothing, in one fact; see <see cref="StageRuns"/>.</summary>
    public sealed record StagesCompleted(int Turn, string InputDigest, IReadOnlyList<FinishedStage> Stages)
        : ConversationEvent;

    public sealed record StageFailed(int Turn, string Stage, string Error, bool Transient) : ConversationEvent;

    public sealed record ModelFellBack(int Turn, string Stage, string From, string To, string Why) : ConversationEvent;

    /// <summary>What the next tier made of a turn, for comparison. Null where it was not asked.</summary>
    public sealed record SecondOpinionGiven(
        int Turn, string Tier, string? Model, string Intent, string? SecondIntent, bool? AgreesOnIntent, Route Route,
        string? Opinion, bool? AgreesOnRoute) : ConversationEvent;

    // Decision

    public sealed record TriggerFired(int Turn, TriggerFinding Finding) : ConversationEvent;

    /// <param name="Steps">The policy's steps in the order they were taken, for people.</param>
    /// <param name="AnswerProbability">How probably the articles' reply is right; null when none was chosen.</param>
    /// <param name="Autonomy">How freely automation could answer then; null when no stage asked.</param>
    /// <param name="At">The moment it was made for, which lies before the event; null in older ledgers.</param>
    public sealed record DecisionMade(
        int Turn, string Playbook, Route Route, OutcomeKind Outcome, double Confidence, bool NeedsReview,
        string Reasoning, IReadOnlyList<string> RulesMatched, IReadOnlyList<string> Counterfactuals,
        IReadOnlyList<string> Steps, string? Intent, Priority Priority, string? Queue, double LatencyMs,
        double? AnswerProbability = null, AutonomyRung? Autonomy = null, DateTimeOffset? At = null)
        : ConversationEvent;

    /// <summary>Passages that stand beside the promise of a person.</summary>
    public sealed record OfferMade(int Turn, IReadOnlyList<Offer> Offers) : ConversationEvent;

    /// <summary>A reply that may not leave by itself: the person who takes over may send, change or drop it.</summary>
    /// <param name="Probability">That it is right and all that was asked, 0 to 1.</param>
    public sealed record DraftWritten(
        int Turn, string Text, string Source, IReadOnlyList<Citation> Citations, double Probability)
        : ConversationEvent;

    public sealed record ReplySent(
        int Turn, string MessageId, string Text, string Source, IReadOnlyList<Citation> Citations)
        : ConversationEvent;

    /// <param name="Confirms">Names the effect that a yes is a yes to; null: a value is asked for.</param>
    public sealed record QuestionAsked(
        int Turn, string MessageId, string Field, string Text, string? Confirms = null) : ConversationEvent;

    /// <param name="Text">The fixed text that was sent, or null when none was.</param>
    public sealed record Held(int Turn, string? MessageId, string Why, string? Text) : ConversationEvent;

    // Handoff

    /// <param name="ServiceLevel">Name of the SLA policy that applies; null when none does.</param>
    /// <param name="Needs">What is asked of the person who takes it; null in older ledgers.</param>
    public sealed record Escalated(
        int Turn, HandoffPacket Packet, string Queue, Priority Priority, Route Route, string Reason, string Promise,
        DateTimeOffset PromisedBy, string? ServiceLevel = null, TicketNeeds? Needs = null) : ConversationEvent;

    public sealed record Locked(string Why) : ConversationEvent;

    public sealed record FallbackScheduled(string How, string FromQueue, DateTimeOffset At) : ConversationEvent;

    /// <summary>The customer was promised a call.</summary>
    /// <param name="Number">As a placeholder; people see the number itself.</param>
    public sealed record CallbackScheduled(string Number, string Queue, DateTimeOffset DueAt, string Promise)
        : ConversationEvent;

    public sealed record CallbackAttempted(string By, CallOutcome Outcome) : ConversationEvent;

    /// <summary>Nobody had called in time; the call is owed all the same.</summary>
    public sealed record CallbackMissed(DateTimeOffset DueAt) : ConversationEvent;

    /// <summary>A person was in touch before the promised time.</summary>
    public sealed record PromiseKept(DateTimeOffset PromisedBy) : ConversationEvent;

    public sealed record PromiseBroken(DateTimeOffset PromisedBy) : ConversationEvent;

    public sealed record TicketRecorded(string System, string ExternalId) : ConversationEvent;

    // Delivery

    /// <summary>A text did not reach the customer.</summary>
    /// <param name="MessageId">Row of the message table.</param>
    /// <param name="Kind">
    /// <c>rejected</c> by the other side, <c>returned</c> by it afterwards, or <c>gave_up</c> after the last attempt.
    /// </param>
    public sealed record DeliveryFailed(string MessageId, string Channel, string Kind, string Reason)
        : ConversationEvent;

    /// <summary>
    /// A text that had failed reached the customer after all. One that arrives at once leaves no fact.
    /// </summary>
    public sealed record DeliveryRecovered(string MessageId, string Channel) : ConversationEvent;

    /// <summary>A person sent a text again that had not arrived, or was held.</summary>
    /// <param name="Channel">By which it goes now.</param>
    public sealed record DeliveryRetried(string MessageId, string Channel, string By) : ConversationEvent;

    // People

    /// <summary>One person may take it now, before anybody else is asked.</summary>
    /// <param name="To">Id of the person.</param>
    public sealed record Offered(string To, DateTimeOffset Until) : ConversationEvent;

    public sealed record OfferAccepted(string By) : ConversationEvent;

    public sealed record OfferDeclined(string By) : ConversationEvent;

    public sealed record OfferExpired(string To) : ConversationEvent;

    /// <summary>The next ticket of a queue was given to a person who asked for work.</summary>
    /// <param name="To">Id of the person.</param>
    public sealed record Assigned(string To, string By) : ConversationEvent;

    public sealed record Claimed(string By) : ConversationEvent;

    public sealed record Released(string By) : ConversationEvent;

    /// <summary>Who had it is out of office: the stand-in has it now, or the queue.</summary>
    /// <param name="To">Null: nobody, it waits in its queue.</param>
    public sealed record HandedOver(string From, string? To) : ConversationEvent;

    /// <param name="Reason">Null where a program moved it, and in older ledgers.</param>
    public sealed record Rerouted(string From, string To, string By, string Why, RerouteReason? Reason = null)
        : ConversationEvent;

    /// <summary>What a person wrote for colleagues; customers never see it.</summary>
    public sealed record NoteAdded(string By, string Text) : ConversationEvent;

    /// <summary>A person sent the draft as it was; the reply itself is <see cref="AgentReplied"/>.</summary>
    public sealed record DraftSent(int Turn, string By) : ConversationEvent;

    /// <summary>A person changed the draft and sent that.</summary>
    public sealed record DraftEdited(int Turn, string By) : ConversationEvent;

    public sealed record DraftDiscarded(int Turn, string By) : ConversationEvent;

    /// <param name="WrittenAt">When it was written, where it waited for a while in which it could be taken
    /// back.</param>
    public sealed record AgentReplied(string MessageId, string By, string Text, DateTimeOffset? WrittenAt = null)
        : ConversationEvent;

    /// <summary>A person wrote a reply that leaves in a moment; <see cref="AgentReplied"/> says that it left.</summary>
    /// <param name="DraftTurn">Turn of the draft that it was made of; null: of none.</param>
    /// <param name="Changed">Whether the draft was changed.</param>
    public sealed record ReplyWritten(
        string MessageId, string By, string Text, DateTimeOffset LeavesAt, int? DraftTurn = null, bool Changed = false)
        : ConversationEvent;

    /// <summary>A reply was stopped before it left: the customer never got it.</summary>
    public sealed record ReplyTakenBack(string MessageId, string By) : ConversationEvent;

    public sealed record Unlocked(string By) : ConversationEvent;

    /// <summary>The answer to <em>Was a person needed?</em>, from somebody who has worked on it.</summary>
    public sealed record HandoffJudged(string By, PersonNeeded Needed) : ConversationEvent;

    /// <param name="Outcome">Null where a program closed it, and in older ledgers.</param>
    public sealed record Closed(string By, string Why, CloseOutcome? Outcome = null) : ConversationEvent;

    /// <summary>With the close the customer was told of it, and asked for a verdict.</summary>
    /// <param name="Text">Without the link, which is in the message alone.</param>
    public sealed record RatingAsked(string MessageId, string Text) : ConversationEvent;

    public sealed record Reopened(string Why) : ConversationEvent;

    /// <summary>It is worked on in another ticket of the same customer, where its messages are read.</summary>
    public sealed record MergedInto(string TicketId, string By) : ConversationEvent;

    /// <summary>Another ticket of the same customer is worked on here.</summary>
    /// <param name="Waits">Whether the customer waits for an answer to it.</param>
    public sealed record MergedFrom(string TicketId, string By, bool Waits) : ConversationEvent;

    /// <summary>The customer's verdict; a later one takes its place.</summary>
    /// <param name="Stars">1 to 5.</param>
    /// <param name="Remark">Redacted; the raw text goes to the message table.</param>
    public sealed record Rated(int Stars, string? Remark) : ConversationEvent;

    /// <summary>A person looked at a decision of low confidence again.</summary>
    /// <param name="ShouldHaveBeen">The route it should have taken; null: the person agrees.</param>
    public sealed record DecisionReviewed(int Turn, string By, Route? ShouldHaveBeen) : ConversationEvent;

    // Service levels

    /// <param name="WarnAt">When people are warned; null where the ledger is older than warnings.</param>
    /// <param name="TargetMs">Length of the target, in the hours it counts in; 0 in older ledgers.</param>
    /// <param name="BusinessHours">Whether it counts only while the queue is staffed.</param>
    public sealed record SlaStarted(
        string Policy, string Metric, DateTimeOffset DueAt, DateTimeOffset? WarnAt = null, long TargetMs = 0,
        bool BusinessHours = false) : ConversationEvent;

    /// <summary>A person has written: it is the customer's turn.</summary>
    /// <param name="SpentMs">Counted time so far.</param>
    public sealed record SlaPaused(string Metric, long SpentMs = 0) : ConversationEvent;

    public sealed record SlaResumed(string Metric, DateTimeOffset DueAt, DateTimeOffset? WarnAt) : ConversationEvent;

    /// <summary>Another priority, queue or playbook gave a running or paused clock another end.</summary>
    /// <param name="DueAt">Null while it is paused.</param>
    public sealed record SlaChanged(
        string Metric, long TargetMs, bool BusinessHours, long SpentMs, DateTimeOffset? DueAt, DateTimeOffset? WarnAt,
        string Why) : ConversationEvent;

    /// <summary>The warning share of the target is used up.</summary>
    public sealed record SlaWarned(string Metric, DateTimeOffset DueAt) : ConversationEvent;

    /// <summary>Done in time.</summary>
    public sealed record SlaMet(string Metric) : ConversationEvent;

    /// <summary>Expired. It stays so, whatever comes later.</summary>
    public sealed record SlaBreached(string Metric, DateTimeOffset DueAt) : ConversationEvent;

    /// <summary>Nobody owes it any more.</summary>
    public sealed record SlaStopped(string Metric, string Why) : ConversationEvent;

    /// <summary>Automation made a ticket more pressing.</summary>
    public sealed record PriorityRaised(Priority From, Priority To, string Why) : ConversationEvent;

    /// <summary>Automation moved a ticket that nobody has claimed; people do it with <see cref="Rerouted"/>.</summary>
    public sealed record Requeued(string From, string To, string Why) : ConversationEvent;

    // Resolution

    public sealed record ResolutionAssumed(string Why) : ConversationEvent;

    /// <summary>The customer says that it is solved.</summary>
    /// <param name="OnlyTells">Whether it leaves an unclaimed ticket in its queue, because there is more to
    /// read.</param>
    public sealed record ResolutionConfirmed(string Why, bool OnlyTells = false) : ConversationEvent;

    public sealed record ResolutionVerified(string By, string Why) : ConversationEvent;

    public sealed record ResolutionWithdrawn(string Why) : ConversationEvent;
}
