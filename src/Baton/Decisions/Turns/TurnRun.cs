using Baton.Conversations;
using Baton.Conversations.Findings;

namespace Baton.Decisions.Turns;

/// <summary>The facts of one run of a turn: kept until the decision, or saved at once when they are precious.</summary>
internal sealed class TurnRun
{
    private readonly ConversationStore _store;
    private readonly ConversationFeed _feed;
    private readonly TimeProvider _clock;
    private readonly List<ConversationEvent> _facts;
    private readonly List<ConversationEvent> _unsaved = [];

    /// <summary>Starts from what an earlier run of the same turn has finished.</summary>
    public TurnRun(ConversationStore store, ConversationFeed feed, Conversation start, TimeProvider clock)
    {
        (_store, _feed, _clock, State) = (store, feed, clock, start);
        _facts = [.. start.Undecided];
    }

    /// <summary>Every fact of the turn so far, those of an earlier run included.</summary>
    public IReadOnlyList<ConversationEvent> Facts => _facts;

    /// <summary>Facts that are not in the ledger yet.</summary>
    public IReadOnlyList<ConversationEvent> Unsaved => StageRuns.Packed(_unsaved);

    /// <summary>The conversation as the ledger has it.</summary>
    public Conversation State { get; private set; }

    /// <summary>Takes a stage's facts.</summary>
    /// <exception cref="ConversationChangedException">The customer wrote meanwhile.</exception>
    public async Task ReportAsync(IReadOnlyList<ConversationEvent> facts, bool precious)
    {
        _facts.AddRange(facts);
        _unsaved.AddRange(facts);
        foreach (var fact in facts) _feed.Publish(State.Id, fact);
        if (!precious) return;
        var packed = Unsaved;
        var state = await _store.Database.WriteAsync(
            t => _store.Save(t, State, packed, _clock.GetUtcNow()), CancellationToken.None);
        if (state is null) await KeepAsync(packed);
        State = state ?? throw new ConversationChangedException();
        _store.Remember(state);
        _unsaved.Clear();
    }

    /// <summary>
    /// The turn starts over, but what it has paid for and done stays in the record. Facts of another turn decide
    /// nothing.
    /// </summary>
    private async Task KeepAsync(IReadOnlyList<ConversationEvent> facts)
    {
        for (Conversation? saved = null; saved is null;)
        {
            var now = _store.Load(State.Id);
            saved = await _store.Database.WriteAsync(
                t => _store.Save(t, now, facts, _clock.GetUtcNow()), CancellationToken.None);
            if (saved is not null) _store.Remember(saved);
        }
    }
}

/// <summary>A new message arrived while a turn ran: the turn starts over and answers both.</summary>
internal sealed class ConversationChangedException : Exception;
