using System.Collections.Immutable;
using Baton.Conversations.Findings;
using Baton.Conversations.Promises;
using Baton.Conversations.Replies;
using Baton.Conversations.Routing;
using Baton.Conversations.ServiceLevels;
using Baton.Conversations.Tallies;
using Baton.Customers;
using Baton.Playbooks;

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

    /// <summary>The customer wrote after a person closed it without unlocking; clocks and promise are over.</summary>
    public bool CameBack { get; init; }

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

    /// <summary>What kind of automatic mail a message of the customer's was, by its number from 1.</summary>
    public ImmutableDictionary<int, string> Automatic { get; init; } = [];

    /// <summary>Length in characters of the customer's last message as it was sent, before truncation.</summary>
    public int LastMessageCharacters { get; init; }

    public bool LastMessageTruncated { get; init; }

    /// <summary>When the customer wrote the last message.</summary>
    public DateTimeOffset LastWrittenAt { get; init; }

    /// <summary>
    /// Places that messages have taken, automation's and people's included; a place is not given twice.
    /// </summary>
    public int Messages => Transcript.Count + TakenBack + (Unsent is { IsTakenBack: false } ? 1 : 0);

    /// <summary>A reply that has not left yet, or was taken back and not written again.</summary>
    public UnsentReply? Unsent { get; init; }

    /// <summary>Replies that never left.</summary>
    public int TakenBack { get; init; }

    /// <summary>Last turn that ended in a decision; a turn is numbered by the customer's messages.</summary>
    public int DecidedTurn { get; init; }

    public int QuestionsAsked { get; init; }

    /// <summary>Place of the message that asked who this is; null: nobody was asked.</summary>
    public int? IdentityAskedAt { get; init; }

    /// <summary>
    /// Names the effect that the customer was shown last and has to agree to; null: nothing, or it is over.
    /// </summary>
    public string? AskedToConfirm { get; init; }

    /// <summary>Times an answer of Baton's was followed by the same intent again.</summary>
    public int Failures { get; init; }

    public string? LastIntent { get; init; }

    /// <summary>The last decision, for lists.</summary>
    public ConversationEvent.DecisionMade? LastDecision { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public OutcomeKind? LastOutcome { get; init; }

    public string? LastReply { get; init; }

    public DateTimeOffset? LastWaitingTextAt { get; init; }

    /// <summary>Whether the customer knows that a person has to agree to what is not decided yet.</summary>
    public bool ToldToWait { get; init; }

    public decimal CostUsd { get; init; }

    public string? Queue { get; init; }

    public string? Promise { get; init; }

    public DateTimeOffset? PromisedBy { get; init; }

    /// <summary>How soon it should be worked on; null before the first decision.</summary>
    public Priority? Priority { get; init; }

    /// <summary>The SLA policy of the last escalation; null when none applied.</summary>
    public string? ServiceLevel { get; init; }

    /// <summary>The clocks of its service level.</summary>
    public ServiceClocks Clocks { get; init; } = ServiceClocks.None;

    /// <summary>How it is on its way to a person.</summary>
    public TicketRouting Routing { get; init; } = TicketRouting.None;

    /// <summary>What the customer was promised, and what became of it.</summary>
    public TicketPromises Promises { get; init; } = TicketPromises.None;

    /// <summary>What counts about it.</summary>
    public TicketTally Tally { get; init; } = TicketTally.None;

    /// <summary>A person wrote last: the next word is the customer's.</summary>
    public bool AwaitsCustomer { get; init; }

    /// <summary>
    /// When a person owes the customer the next thing: the nearest end of a clock, or the promise that was made when
    /// that is sooner and nobody has taken the ticket yet. Null for tickets that nobody has to work on.
    /// </summary>
    public DateTimeOffset? DueAt => Status switch
    {
        ConversationStatus.Escalated => Clocks.Running.Select(c => c.DueAt).Append(PromisedBy).Min(),
        ConversationStatus.Claimed => Clocks.Running is [{ DueAt: var due }, ..] ? due : null,
        _ => null,
    };

    /// <summary>
    /// Since when somebody owes the customer something, or from when on: what is late stays on top until it is done.
    /// </summary>
    public DateTimeOffset? OwedAt => Status is ConversationStatus.Escalated or ConversationStatus.Claimed
        ? Clocks.All.Where(c => c is { State: ClockState.Breached, IsOwed: true }).Select(c => c.DueAt).Append(DueAt)
            .Min()
        : null;

    /// <summary>When people are warned, or were, of what is due next; null where nothing warns.</summary>
    public DateTimeOffset? WarnAt => DueAt is null || Clocks.Running is not [var next, ..] ? null
        : next.State == ClockState.Warning ? next.Since : next.WarnAt;

    /// <summary>The packet's sentence of the last handoff.</summary>
    public string? HandoffSummary { get; init; }

    /// <summary>The packet's reason of the last handoff.</summary>
    public string? HandoffReason { get; init; }

    public string? ClaimedBy { get; init; }

    /// <summary>A reply that waits for a person to send, change or drop it.</summary>
    public ConversationEvent.DraftWritten? Draft { get; init; }

    /// <summary>Turn whose escalation offered passages; 0 when none did, or it is over.</summary>
    public int OfferedTurn { get; init; }

    /// <summary>The customer has said that it is solved, and nothing since.</summary>
    public bool SaidSolved { get; init; }

    /// <summary>What agents have done in other systems for it, oldest first.</summary>
    public ImmutableList<TicketAction> Actions { get; init; } = [];

    /// <summary>Stages that finished in a turn not yet decided, by stage name.</summary>
    public IReadOnlyDictionary<string, ConversationEvent.StageCompleted> FinishedStages { get; init; } =
        new Dictionary<string, ConversationEvent.StageCompleted>();

    /// <summary>
    /// Every fact of stages in a turn not yet decided, in the order of the ledger: what runs that ended with their
    /// process have left. The decision is made of these and its own, so that a rebuild comes to the same.
    /// </summary>
    public ImmutableList<ConversationEvent> Undecided { get; init; } = [];

    /// <summary>Ids of the approvals that a turn not yet decided waits for.</summary>
    public ImmutableSortedSet<string> OpenApprovals { get; init; } = [];

    /// <summary>Tiers that gave no answer in a turn not yet decided.</summary>
    public ImmutableList<ConversationEvent.ModelFellBack> FellBack { get; init; } = [];

    /// <summary>Texts that did not reach the customer, by the id of their message.</summary>
    public ImmutableSortedDictionary<string, ConversationEvent.DeliveryFailed> Undelivered { get; init; } =
        ImmutableSortedDictionary<string, ConversationEvent.DeliveryFailed>.Empty;

    /// <summary>Ticket that it was merged into: what the customer writes here belongs there.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Tickets that were merged into it, oldest first.</summary>
    public ImmutableList<string> Merged { get; init; } = [];

    /// <summary>The last rating the customer gave, in stars.</summary>
    public int? LastRating { get; init; }

    /// <summary>The state after all events in order.</summary>
    public static Conversation Fold(string id, IEnumerable<(ConversationEvent Fact, DateTimeOffset At)> events) =>
        events.Aggregate(new Conversation { Id = id }, (state, e) => state.Apply(e.Fact, e.At));

    /// <summary>The state after one more event.</summary>
    public Conversation Apply(ConversationEvent fact, DateTimeOffset at) =>
        ConversationFold.Next(this, fact, at) with
        {
            Clocks = Clocks.Next(fact, at), Routing = Routing.Next(fact, at), Promises = Promises.Next(fact, at),
            Tally = Tally.Next(fact, at), Version = Version + 1, // A judge's look is no news of the ticket.
            UpdatedAt = fact is ConversationEvent.DecisionScored or ConversationEvent.MessageErased ? UpdatedAt : at,
        };
}
