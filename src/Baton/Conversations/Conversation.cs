using System.Collections.Immutable;
using System.Diagnostics;
using Baton.Customers;

namespace Baton.Conversations;

/// <summary>Where a conversation stands. The diagram is in <c>docs/conversation-states.md</c>.</summary>
public enum ConversationStatus
{
    Open,

    /// <summary>For the customer: answered, or one question asked.</summary>
    Waiting,

    /// <summary>Handed to a queue; locked.</summary>
    Escalated,

    /// <summary>A person has taken it; locked until that person unlocks.</summary>
    Claimed,

    Closed,
}

/// <summary>A conversation as its events tell it. Immutable; <see cref="Apply"/> is the fold.</summary>
public sealed record Conversation
{
    public string Id { get; init; } = "";

    /// <summary>Number of events applied; the expected version of the next append.</summary>
    public long Version { get; init; }

    public ConversationStatus Status { get; init; } = ConversationStatus.Open;

    /// <summary>Once true, automation may only send the waiting message, until a person unlocks.</summary>
    public bool Locked { get; init; }

    public string Channel { get; init; } = "";

    public string? Subject { get; init; }

    public string? CustomerId { get; init; }

    public string? GivenTier { get; init; }

    public int? GivenRecentTickets { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public CustomerContext? Customer { get; init; }

    /// <summary>Values known so far by field name; later messages add to them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Every message so far, redacted. Immutable list: a long conversation appends without copying.</summary>
    public ImmutableList<TranscriptLine> Transcript { get; init; } = [];

    /// <summary>Messages of the customer so far.</summary>
    public int CustomerMessages { get; init; }

    /// <summary>Length in characters of the customer's last message as it was sent, before truncation.</summary>
    public int LastMessageCharacters { get; init; }

    public bool LastMessageTruncated { get; init; }

    /// <summary>Last turn that ended in a decision; a turn is numbered by the customer's messages.</summary>
    public int DecidedTurn { get; init; }

    public int QuestionsAsked { get; init; }

    /// <summary>Times an answer of Baton's was followed by the same intent again.</summary>
    public int Failures { get; init; }

    public string? LastIntent { get; init; }

    public OutcomeKind? LastOutcome { get; init; }

    public string? LastReply { get; init; }

    public DateTimeOffset? LastWaitingTextAt { get; init; }

    public decimal CostUsd { get; init; }

    public string? Queue { get; init; }

    public string? Promise { get; init; }

    public DateTimeOffset? PromisedBy { get; init; }

    public string? ClaimedBy { get; init; }

    /// <summary>Stages that finished in a turn not yet decided, by stage name.</summary>
    public IReadOnlyDictionary<string, ConversationEvent.StageCompleted> FinishedStages { get; init; } =
        new Dictionary<string, ConversationEvent.StageCompleted>();

    /// <summary>The state after all events in order.</summary>
    public static Conversation Fold(string id, IEnumerable<(ConversationEvent Fact, DateTimeOffset At)> events) =>
        events.Aggregate(new Conversation { Id = id }, (state, e) => state.Apply(e.Fact, e.At));

    /// <summary>The state after one more event.</summary>
    public Conversation Apply(ConversationEvent fact, DateTimeOffset at) =>
        ConversationFold.Next(this, fact, at) with { Version = Version + 1 };
}

internal static class ConversationFold
{
    public static Conversation Next(Conversation state, ConversationEvent fact, DateTimeOffset at) => fact switch
    {
        ConversationEvent.ConversationStarted e => Started(state, e, at),
        ConversationEvent.MessageReceived e => Received(state, e, at),
        ConversationEvent.CustomerContextFetched e => state with { Customer = e.Context },
        ConversationEvent.MessageErased => state,
        ConversationEvent.StageCompleted e => Staged(state, e),
        ConversationEvent.StageFailed or ConversationEvent.ModelFellBack => state,
        ConversationEvent.ToolCalled or ConversationEvent.ToolDenied or ConversationEvent.ApprovalRequested
            or ConversationEvent.ApprovalGiven or ConversationEvent.ApprovalRefused => state,
        ConversationEvent.TriggerFired => state,
        ConversationEvent.DecisionMade e => Decided(state, e),
        ConversationEvent.ReplySent e => Said(state, e.Text, at) with
        {
            Status = ConversationStatus.Waiting, LastReply = e.Text,
        },
        ConversationEvent.QuestionAsked e => Said(state, e.Text, at) with
        {
            Status = ConversationStatus.Waiting, QuestionsAsked = state.QuestionsAsked + 1,
        },
        ConversationEvent.Held e => e.Text is null ? state : Said(state, e.Text, at) with { LastWaitingTextAt = at },
        ConversationEvent.Escalated e => Escalated(state, e),
        ConversationEvent.Locked => state with { Locked = true },
        ConversationEvent.FallbackScheduled or ConversationEvent.TicketRecorded => state,
        ConversationEvent.Claimed e => state with { Status = ConversationStatus.Claimed, ClaimedBy = e.By },
        ConversationEvent.Released => state with { Status = ConversationStatus.Escalated, ClaimedBy = null },
        ConversationEvent.Rerouted e => state with
        {
            Status = ConversationStatus.Escalated, ClaimedBy = null, Queue = e.To,
        },
        ConversationEvent.AgentReplied e => state with
        {
            Transcript = state.Transcript.Add(new TranscriptLine(Author.Agent, e.Text, at)),
        },
        ConversationEvent.Unlocked => state with
        {
            Status = ConversationStatus.Open, Locked = false, ClaimedBy = null, Failures = 0,
        },
        ConversationEvent.Closed or ConversationEvent.ResolutionAssumed => state with
        {
            Status = ConversationStatus.Closed,
        },
        ConversationEvent.Reopened => state with { Status = ConversationStatus.Open },
        ConversationEvent.Rated or ConversationEvent.SlaStarted or ConversationEvent.SlaPaused
            or ConversationEvent.SlaMet or ConversationEvent.SlaBreached or ConversationEvent.ResolutionConfirmed
            or ConversationEvent.ResolutionVerified or ConversationEvent.ResolutionWithdrawn => state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static Conversation Started(Conversation state, ConversationEvent.ConversationStarted e, DateTimeOffset at)
        => state with
        {
            Channel = e.Channel, Subject = e.Subject, CustomerId = e.CustomerId, GivenTier = e.GivenTier,
            GivenRecentTickets = e.GivenRecentTickets, StartedAt = at, Fields = e.Fields,
        };

    private static Conversation Received(Conversation state, ConversationEvent.MessageReceived e, DateTimeOffset at)
    {
        var next = state with { Transcript = state.Transcript.Add(new TranscriptLine(e.From, e.Text, at)) };
        if (e.From != Author.Customer) return next;
        return next with
        {
            CustomerMessages = state.CustomerMessages + 1,
            LastMessageCharacters = e.Characters,
            LastMessageTruncated = e.Truncated,
            Status = state.Status is ConversationStatus.Waiting or ConversationStatus.Closed
                ? ConversationStatus.Open
                : state.Status,
        };
    }

    private static Conversation Staged(Conversation state, ConversationEvent.StageCompleted e) => state with
    {
        CostUsd = state.CostUsd + e.CostUsd,
        FinishedStages = new Dictionary<string, ConversationEvent.StageCompleted>(state.FinishedStages)
        {
            [e.Stage] = e,
        },
    };

    private static Conversation Decided(Conversation state, ConversationEvent.DecisionMade e) => state with
    {
        DecidedTurn = e.Turn,
        LastOutcome = e.Outcome,
        Failures = state.Failures + (IsFailure(state, e.Intent) ? 1 : 0),
        LastIntent = e.Intent ?? state.LastIntent,
        FinishedStages = new Dictionary<string, ConversationEvent.StageCompleted>(),
    };

    /// <summary>The customer comes back with what an answer should have settled.</summary>
    public static bool IsFailure(Conversation state, string? intent) =>
        state.LastOutcome == OutcomeKind.Replied && intent is not null && intent == state.LastIntent;

    private static Conversation Escalated(Conversation state, ConversationEvent.Escalated e) => state with
    {
        Status = ConversationStatus.Escalated, Queue = e.Queue, Promise = e.Promise, PromisedBy = e.PromisedBy,
    };

    private static Conversation Said(Conversation state, string text, DateTimeOffset at) => state with
    {
        Transcript = state.Transcript.Add(new TranscriptLine(Author.Baton, text, at)),
    };
}
