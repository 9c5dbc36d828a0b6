using Baton.Customers;
using System.Diagnostics;
using Baton.Conversations.Findings;
using Baton.Conversations.Replies;

namespace Baton.Conversations;

/// <summary>How each event changes a conversation.</summary>
internal static class ConversationFold
{
    /// <summary>Why a turn waits that somebody has to agree to.</summary>
    public const string ForApproval = "approval";

    public static Conversation Next(Conversation state, ConversationEvent fact, DateTimeOffset at) => fact switch
    {
        ConversationEvent.ConversationStarted e => Started(state, e, at),
        ConversationEvent.MessageReceived e => Received(state, e, at),
        ConversationEvent.CustomerContextFetched e => state with { Customer = e.Context },
        ConversationEvent.MessageErased or ConversationEvent.NoteAdded or ConversationEvent.HandoffJudged
            or ConversationEvent.DecisionScored => state,
        ConversationEvent.StageCompleted e => Staged(state, e),
        ConversationEvent.StagesCompleted e => StageRuns.Each(e).Aggregate(state, Staged),
        ConversationEvent.StageFailed or ConversationEvent.SecondOpinionGiven => state with
        {
            Undecided = state.Undecided.Add(fact),
        },
        ConversationEvent.ModelFellBack e => state with { FellBack = state.FellBack.Add(e) },
        ConversationEvent.ToolCalled or ConversationEvent.ToolDenied or ConversationEvent.AgentStepped
            or ConversationEvent.ScoreOpinionGiven => state,
        ConversationEvent.ActionsFound e => state with { Actions = ActionsTaken.With(state.Actions, e.Actions ?? []) },
        ConversationEvent.ActionUndone e => state with { Actions = ActionsTaken.With(state.Actions, e) },
        ConversationEvent.ApprovalRequested e => state with { OpenApprovals = state.OpenApprovals.Add(e.ApprovalId) },
        ConversationEvent.ApprovalGiven { Decides: false } or ConversationEvent.ApprovalChangeDenied => state,
        ConversationEvent.ApprovalGiven e => state with { OpenApprovals = state.OpenApprovals.Remove(e.ApprovalId) },
        ConversationEvent.ApprovalRefused e => state with { OpenApprovals = state.OpenApprovals.Remove(e.ApprovalId) },
        ConversationEvent.ApprovalExpired e => state with { OpenApprovals = state.OpenApprovals.Remove(e.ApprovalId) },
        ConversationEvent.TriggerFired => state,
        ConversationEvent.DraftWritten e => state with { Draft = e },
        ConversationEvent.DraftSent or ConversationEvent.DraftEdited or ConversationEvent.DraftDiscarded => state with
        {
            Draft = null,
        },
        ConversationEvent.OfferMade e => state with { OfferedTurn = e.Turn },
        ConversationEvent.DecisionMade e => Decided(state, e),
        ConversationEvent.ReplySent e => Said(state, e.Text, at) with
        {
            Status = ConversationStatus.Waiting, LastReply = e.Text,
        },
        ConversationEvent.QuestionAsked e => Said(state, e.Text, at) with
        {
            Status = ConversationStatus.Waiting, QuestionsAsked = state.QuestionsAsked + 1, AskedToConfirm = e.Confirms,
            IdentityAskedAt = e.Field == VerifyingQuestion.Field ? state.Messages + 1 : state.IdentityAskedAt,
        },
        ConversationEvent.Held e => e.Text is null ? state : Said(state, e.Text, at) with
        {
            LastWaitingTextAt = at, ToldToWait = state.ToldToWait || e.Why == ForApproval,
        },
        ConversationEvent.Escalated e => Escalated(state, e),
        ConversationEvent.Locked => state with { Locked = true },
        ConversationEvent.FallbackScheduled or ConversationEvent.TicketRecorded => state,
        ConversationEvent.DeliveryFailed e => state with { Undelivered = state.Undelivered.SetItem(e.MessageId, e) },
        ConversationEvent.DeliveryRecovered e => state with { Undelivered = state.Undelivered.Remove(e.MessageId) },
        ConversationEvent.DeliveryRetried e => state with { Undelivered = state.Undelivered.Remove(e.MessageId) },
        ConversationEvent.Claimed e => Claimed(state, e.By),
        ConversationEvent.OfferAccepted e => Claimed(state, e.By),
        ConversationEvent.Assigned e => Claimed(state, e.To),
        // Who is asked is folded beside this: TicketRouting.
        ConversationEvent.Offered or ConversationEvent.OfferDeclined or ConversationEvent.OfferExpired => state,
        ConversationEvent.HandedOver { To: { } standIn } => Claimed(state, standIn),
        ConversationEvent.HandedOver or ConversationEvent.Released => state with
        {
            Status = ConversationStatus.Escalated, ClaimedBy = null,
        },
        ConversationEvent.Rerouted e => state with
        {
            Status = ConversationStatus.Escalated, ClaimedBy = null, Queue = e.To,
        },
        ConversationEvent.AgentReplied e => state with
        {
            Transcript = state.Transcript.Add(new TranscriptLine(Author.Agent, e.Text, at)),
            AwaitsCustomer = true, Unsent = null, AskedToConfirm = null,
            // Whoever has written has read it, and sending both would say everything twice.
            Draft = null,
        },
        ConversationEvent.ReplyWritten e => state with { Unsent = new UnsentReply(e, at) },
        ConversationEvent.ReplyTakenBack => state.Unsent is { } unsent
            ? state with { Unsent = unsent with { IsTakenBack = true }, TakenBack = state.TakenBack + 1 }
            : state,
        ConversationEvent.Unlocked => state with
        {
            Status = ConversationStatus.Open, Locked = false, ClaimedBy = null, Failures = 0, CameBack = false,
            OfferedTurn = 0, SaidSolved = false, Draft = null,
        },
        ConversationEvent.Closed or ConversationEvent.ResolutionAssumed => state with
        {
            Status = ConversationStatus.Closed, ClaimedBy = null, CameBack = false, OfferedTurn = 0,
            Draft = null,
        },
        ConversationEvent.MergedInto e => state with
        {
            Status = ConversationStatus.Closed, ClaimedBy = null, CameBack = false, OfferedTurn = 0, Draft = null,
            Unsent = null, MergedInto = e.TicketId,
        },
        ConversationEvent.MergedFrom e => state with
        {
            Merged = state.Merged.Add(e.TicketId), AwaitsCustomer = state.AwaitsCustomer && !e.Waits,
            SaidSolved = state.SaidSolved && !e.Waits,
        },
        ConversationEvent.RatingAsked e => Said(state, e.Text, at),
        ConversationEvent.Reopened => state with { Status = Reopened(state), CameBack = state.Locked },
        ConversationEvent.PriorityRaised e => state with { Priority = e.To },
        ConversationEvent.Requeued e => state with { Queue = e.To },
        ConversationEvent.Rated e => state with { LastRating = e.Stars },
        ConversationEvent.ResolutionConfirmed e => Solved(state, e),
        // Promises and calls are folded beside this: TicketPromises.
        ConversationEvent.CallbackScheduled or ConversationEvent.CallbackAttempted or ConversationEvent.CallbackMissed
            or ConversationEvent.PromiseKept or ConversationEvent.PromiseBroken => state,
        // Clocks are folded beside this: ServiceClocks.
        ConversationEvent.SlaStarted or ConversationEvent.SlaPaused or ConversationEvent.SlaResumed
            or ConversationEvent.SlaChanged or ConversationEvent.SlaWarned or ConversationEvent.SlaMet
            or ConversationEvent.SlaBreached or ConversationEvent.SlaStopped => state,
        // Counted beside this: TicketTally.
        ConversationEvent.ResolutionVerified or ConversationEvent.ResolutionWithdrawn
            or ConversationEvent.DecisionReviewed => state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static Conversation Claimed(Conversation state, string person) =>
        state with { Status = ConversationStatus.Claimed, ClaimedBy = person };

    private static Conversation Started(Conversation state, ConversationEvent.ConversationStarted e, DateTimeOffset at)
        => state with
        {
            Channel = e.Channel, Subject = e.Subject, CustomerId = e.CustomerId, GivenTier = e.GivenTier,
            GivenRecentTickets = e.GivenRecentTickets, StartedAt = at, Fields = e.Fields,
        };

    private static Conversation Received(Conversation state, ConversationEvent.MessageReceived e, DateTimeOffset at)
    {
        var next = state with { Transcript = state.Transcript.Add(new TranscriptLine(e.From, e.Text, e.WrittenAt)) };
        if (e.From != Author.Customer) return next;
        return next with
        {
            CustomerMessages = state.CustomerMessages + 1,
            SaidSolved = state.SaidSolved && e.Automatic is not null,
            AwaitsCustomer = state.AwaitsCustomer && e.Automatic is not null,
            LastMessageCharacters = e.Characters,
            LastMessageTruncated = e.Truncated,
            LastWrittenAt = e.WrittenAt,
            Automatic = e.Automatic is null
                ? state.Automatic
                : state.Automatic.SetItem(state.CustomerMessages + 1, e.Automatic),
            // A machine's mail is no customer who comes back.
            Status = e.Automatic is null && state.Status is ConversationStatus.Waiting or ConversationStatus.Closed
                ? Reopened(state)
                : state.Status,
            CameBack = state.CameBack || state is { Locked: true, Status: ConversationStatus.Closed },
        };
    }

    /// <summary>A person closed it without unlocking: automation may not answer, so it is a person's again.</summary>
    private static ConversationStatus Reopened(Conversation state) =>
        state.Locked ? ConversationStatus.Escalated : ConversationStatus.Open;

    private static Conversation Staged(Conversation state, ConversationEvent.StageCompleted e) => state with
    {
        CostUsd = state.CostUsd + e.CostUsd,
        Undecided = state.Undecided.Add(e),
        Actions = ActionsTaken.With(state.Actions, ActionsTaken.Of(e)),
        FinishedStages = new Dictionary<string, ConversationEvent.StageCompleted>(state.FinishedStages)
        {
            [e.Stage] = e,
        },
    };

    private static Conversation Decided(Conversation state, ConversationEvent.DecisionMade e) => state with
    {
        DecidedTurn = e.Turn,
        LastDecision = e,
        // What raised it while people have it holds until they are done.
        Priority = state.Locked && state.Priority > e.Priority ? state.Priority : e.Priority,
        // Silence answers nothing: what was said before is still the last word.
        LastOutcome = e.Outcome == OutcomeKind.Silent ? state.LastOutcome : e.Outcome,
        AskedToConfirm = e.Outcome == OutcomeKind.Silent ? state.AskedToConfirm : null,
        Status = e.Outcome == OutcomeKind.Silent && state.Status == ConversationStatus.Open
            ? ConversationStatus.Waiting
            : state.Status,
        Failures = state.Failures + (IsFailure(state, e.Intent) ? 1 : 0),
        LastIntent = e.Intent ?? state.LastIntent,
        FellBack = [],
        Undecided = [],
        OpenApprovals = [],
        ToldToWait = false,
        FinishedStages = new Dictionary<string, ConversationEvent.StageCompleted>(),
    };

    /// <summary>The customer comes back with what an answer should have settled.</summary>
    public static bool IsFailure(Conversation state, string? intent) =>
        state.LastOutcome is OutcomeKind.Replied or OutcomeKind.Acted
        && intent is not null && intent == state.LastIntent;

    private static Conversation Escalated(Conversation state, ConversationEvent.Escalated e) => state with
    {
        Status = ConversationStatus.Escalated, Queue = e.Queue, Promise = e.Promise, PromisedBy = e.PromisedBy,
        CameBack = false, Priority = e.Priority, ServiceLevel = e.ServiceLevel, AwaitsCustomer = false,
        HandoffSummary = e.Packet?.Summary, HandoffReason = e.Packet?.Reason,
    };

    /// <summary>
    /// Nobody has to work on an unclaimed ticket any more, or to answer a question; whoever has claimed one decides.
    /// </summary>
    private static Conversation Solved(Conversation state, ConversationEvent.ResolutionConfirmed e) =>
        e.OnlyTells || state.Status is ConversationStatus.Claimed or ConversationStatus.Closed
            ? state with { SaidSolved = true }
            : state with
            {
                Status = ConversationStatus.Closed, SaidSolved = true, OfferedTurn = 0, Draft = null,
            };

    private static Conversation Said(Conversation state, string text, DateTimeOffset at) => state with
    {
        Transcript = state.Transcript.Add(new TranscriptLine(Author.Baton, text, at)),
    };
}
