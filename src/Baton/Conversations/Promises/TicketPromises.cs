using System.Collections.Immutable;

namespace Baton.Conversations.Promises;

/// <summary>Every promise of a ticket and its callback, as its events tell them.</summary>
public sealed record TicketPromises
{
    public static TicketPromises None { get; } = new();

    /// <summary>Oldest first; only the last one can be open.</summary>
    public ImmutableList<TicketPromise> All { get; init; } = [];

    /// <summary>The call that was promised last; null when none was.</summary>
    public TicketCallback? Callback { get; init; }

    /// <summary>The promise that is owed.</summary>
    public TicketPromise? Open => All is [.., { State: PromiseState.Open } last] ? last : null;

    /// <summary>The promises after one more event.</summary>
    public TicketPromises Next(ConversationEvent fact, DateTimeOffset at) => fact switch
    {
        ConversationEvent.Escalated e => Settled(PromiseState.Over, at) is var before
            ? before with { All = before.All.Add(new(at, e.PromisedBy, e.Queue, PromiseState.Open, null)) }
            : this,
        ConversationEvent.PromiseKept => Settled(PromiseState.Kept, at),
        ConversationEvent.PromiseBroken => Settled(PromiseState.Broken, at),
        ConversationEvent.Unlocked or ConversationEvent.MergedInto
            or ConversationEvent.ResolutionConfirmed { OnlyTells: false } =>
            Settled(PromiseState.Over, at) with { Callback = Callback?.Ended() },
        ConversationEvent.CallbackScheduled e => this with
        {
            Callback = new TicketCallback(e.Number, e.Queue, e.DueAt, 0, CallbackState.Open),
        },
        ConversationEvent.CallbackAttempted e => this with { Callback = Callback?.After(e.Outcome) },
        ConversationEvent.CallbackMissed => this with { Callback = Callback?.Missed() },
        // Whoever has written or closed it has done what the call was for.
        ConversationEvent.Closed or ConversationEvent.AgentReplied => this with { Callback = Callback?.Ended() },
        _ => this,
    };

    private TicketPromises Settled(PromiseState state, DateTimeOffset at) => Open is not { } open ? this : this with
    {
        All = All.SetItem(All.Count - 1, open with { State = state, SettledAt = at }),
    };
}
