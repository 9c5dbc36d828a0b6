using Baton.Conversations.Judging;
using Baton.Conversations.Promises;

namespace Baton.Conversations.Tickets;

/// <summary>What a person of the team does with a conversation.</summary>
public abstract record PersonAction
{
    private PersonAction() { }

    public sealed record Claim : PersonAction;

    /// <summary>Takes the ticket that was offered.</summary>
    public sealed record Accept : PersonAction;

    /// <summary>Lets the offer go on to somebody else.</summary>
    public sealed record Decline : PersonAction;

    public sealed record Release : PersonAction;

    /// <param name="Text">Redacted text; the raw one goes to the message table.</param>
    /// <param name="LeavesAt">Until when it can be taken back; null: it leaves at once.</param>
    public sealed record Reply(string MessageId, string Text, DateTimeOffset? LeavesAt = null) : PersonAction;

    /// <summary>Stops a reply that has not left yet.</summary>
    public sealed record TakeBack(string MessageId) : PersonAction;

    /// <summary>Called the customer, as was promised.</summary>
    public sealed record Call(CallOutcome Outcome) : PersonAction;

    public sealed record Reroute(string Queue, string Why, RerouteReason? Reason = null) : PersonAction;

    /// <summary>A text for colleagues, on any ticket.</summary>
    public sealed record Note(string Text) : PersonAction;

    /// <summary>Gives the conversation back to automation.</summary>
    public sealed record Unlock : PersonAction;

    /// <param name="Needed">Whether a person was needed; null: nobody was asked.</param>
    /// <param name="Takes">Whether one that nobody has is claimed for it.</param>
    public sealed record Close(
        string Why, CloseOutcome? Outcome = null, PersonNeeded? Needed = null, bool Takes = false) : PersonAction;

    /// <summary>Sends the draft, or a text that was made of it.</summary>
    /// <param name="Text">Redacted text; the raw one goes to the message table.</param>
    /// <param name="Turn">Turn of the draft that the person saw.</param>
    /// <param name="Changed">Whether the person changed it.</param>
    /// <param name="LeavesAt">Until when it can be taken back; null: it leaves at once.</param>
    public sealed record SendDraft(
        string MessageId, string Text, int Turn, bool Changed, DateTimeOffset? LeavesAt = null) : PersonAction;

    public sealed record DiscardDraft(int Turn) : PersonAction;
}

/// <summary>What an action leads to. Pure.</summary>
public static class PersonActions
{
    /// <summary>Somebody was faster, or the ticket is no longer a person's.</summary>
    public const string NoDraft = "no draft waits on this ticket";

    /// <summary>Its time was over, or somebody else was faster.</summary>
    private const string HasLeft = "the reply has left, or was taken back already: write another one";

    /// <summary>It went on to somebody else, or was taken.</summary>
    private const string NoOffer = "the ticket is not offered to you any more; claim it if nobody has it";

    /// <summary>The facts, or the reason why the action is not possible now.</summary>
    public static (IReadOnlyList<ConversationEvent> Facts, string? Problem) Decide(
        Conversation state, PersonAction action, string by)
    {
        if (state.Unsent is not { IsTakenBack: false } unsent
            || action is PersonAction.TakeBack or PersonAction.Note or PersonAction.Call)
            return OfSent(state, action, by);
        // Whoever does the next thing has decided that the reply leaves.
        var left = unsent.Left();
        var (facts, problem) = OfSent(
            left.Aggregate(state, (next, fact) => next.Apply(fact, state.UpdatedAt)), action, by);
        return problem is null ? ([.. left, .. facts], null) : ([], problem);
    }

    private static (IReadOnlyList<ConversationEvent> Facts, string? Problem) OfSent(
        Conversation state, PersonAction action, string by) => (action, state.Status) switch
        {
            (PersonAction.TakeBack { MessageId: var id }, _) =>
                state.Unsent is { IsTakenBack: false, Written.MessageId: var waits } && waits == id
                    ? ([new ConversationEvent.ReplyTakenBack(id, by)], null) : ([], HasLeft),
            (PersonAction.SendDraft send, _) => Sent(state, send, by),
            (PersonAction.DiscardDraft { Turn: var turn }, _) => Waits(state, turn)
                ? ([new ConversationEvent.DraftDiscarded(turn, by)], null)
                : ([], NoDraft),
            (PersonAction.Claim, ConversationStatus.Escalated) => ([new ConversationEvent.Claimed(by)], null),
            (PersonAction.Accept, _) => state.Routing.OfferedTo == by
                ? ([new ConversationEvent.OfferAccepted(by)], null) : ([], NoOffer),
            (PersonAction.Decline, _) => state.Routing.OfferedTo == by
                ? ([new ConversationEvent.OfferDeclined(by)], null) : ([], NoOffer),
            (PersonAction.Release, ConversationStatus.Claimed) => ([new ConversationEvent.Released(by)], null),
            (PersonAction.Reply reply, ConversationStatus.Claimed or ConversationStatus.Escalated) =>
                ([Said(reply, by)], null),
            (PersonAction.Reroute reroute, ConversationStatus.Claimed or ConversationStatus.Escalated) =>
                ([new ConversationEvent.Rerouted(state.Queue ?? "", reroute.Queue, by, reroute.Why, reroute.Reason)],
                    null),
            (PersonAction.Note note, _) => ([new ConversationEvent.NoteAdded(by, note.Text)], null),
            (PersonAction.Call call, _) => state.Promises.Callback is { IsOwed: true }
                ? ([new ConversationEvent.CallbackAttempted(by, call.Outcome)], null)
                : ([], "no call is owed on this ticket"),
            (PersonAction.Unlock, ConversationStatus.Claimed) => ([new ConversationEvent.Unlocked(by)], null),
            (PersonAction.Close { Takes: true } close, ConversationStatus.Escalated) =>
                ([new ConversationEvent.Claimed(by), .. Closed(close, by)], null),
            (PersonAction.Close close, ConversationStatus.Claimed) => ([.. Closed(close, by)], null),
            _ => ([], Problem(state.Status)),
        };

    private static IEnumerable<ConversationEvent> Closed(PersonAction.Close close, string by)
    {
        if (close.Needed is { } needed) yield return new ConversationEvent.HandoffJudged(by, needed);
        yield return new ConversationEvent.Closed(by, close.Why, close.Outcome);
    }

    /// <summary>Only the draft that the person saw, and only while the ticket is a person's.</summary>
    private static bool Waits(Conversation state, int turn) => state.Draft?.Turn == turn
        && state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;

    private static ConversationEvent Said(PersonAction.Reply reply, string by) => reply.LeavesAt is { } leaves
        ? new ConversationEvent.ReplyWritten(reply.MessageId, by, reply.Text, leaves)
        : new ConversationEvent.AgentReplied(reply.MessageId, by, reply.Text);

    private static (IReadOnlyList<ConversationEvent> Facts, string? Problem) Sent(
        Conversation state, PersonAction.SendDraft send, string by) => !Waits(state, send.Turn) ? ([], NoDraft)
        : send.LeavesAt is { } leaves ? ([new ConversationEvent.ReplyWritten(
            send.MessageId, by, send.Text, leaves, send.Turn, send.Changed)], null)
        : (
            [
                send.Changed ? new ConversationEvent.DraftEdited(send.Turn, by)
                    : new ConversationEvent.DraftSent(send.Turn, by),
                new ConversationEvent.AgentReplied(send.MessageId, by, send.Text),
            ], null);

    private static string Problem(ConversationStatus status) => status switch
    {
        ConversationStatus.Escalated => "the ticket is escalated and nobody's: claim it first",
        ConversationStatus.Claimed => "the ticket is claimed already: release it first",
        ConversationStatus.Closed => "the ticket is closed: it opens again when the customer writes",
        _ => "the ticket is with automation: only escalated tickets can be worked on by people",
    };
}
