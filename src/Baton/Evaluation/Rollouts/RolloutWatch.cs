using Baton.Conversations;
using Baton.Decisions;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Microsoft.Extensions.Logging;

namespace Baton.Evaluation.Rollouts;

/// <summary>
/// A process's part in a roll-out: gives tickets their version, counts what becomes of them, and ends the roll-out in
/// the transaction in which a guard is crossed, so that the next turn has the version in force again everywhere.
/// </summary>
internal sealed partial class RolloutWatch(
    Database database, RolloutStore store, PlaybookVersions versions, PlaybookHost playbooks, LocalModelCache models,
    ILogger<RolloutWatch> logger)
{
    /// <summary>A guard is looked at again when it could have got a two-hundredth more to count.</summary>
    private const long Parts = 200;

    private volatile Ready? _ready;
    private string? _unusable;
    private long _changes, _looked;

    /// <summary>One look at the database: takes a new roll-out up, lets its share grow, lets an ended one go.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var open = store.Open();
        if (open is null || open.Id != _ready?.Id) _ready = null;
        if (open is null || open.Id == _unusable) return;
        if (versions.State() is { } state && state.Active != open.Control)
        {
            await store.StopAsync(open.Id, "another version came into force", cancellationToken);
            _ready = null;
            return;
        }
        if (_ready is null) TakeUp(open);
        if (store.IsConcluded(open))
            await database.WriteAsync(t => store.Conclude(t, open), cancellationToken);
        if (store.IsDue(open) && await store.AdvanceAsync(open.Id, cancellationToken) is { } changed)
        {
            var now = EnumWords.Of(changed.State);
            LogChanged(changed.Id, now, changed.Share, changed.Why);
        }
    }

    /// <summary>The playbook of a conversation; null: the one in force.</summary>
    public Playbook? Choose(string conversation)
    {
        if (_ready is not { } ready) return null;
        // The database says so each time: a roll-out that was halted elsewhere gets no turn more.
        return database.Read(c => Arm(c, ready, conversation)) == true ? ready.Candidate : null;
    }

    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (_ready is not { } ready) return [];
        var known = Known(transaction, ready.Id, before.Id);
        var made = facts.OfType<ConversationEvent.DecisionMade>()
            .Where(d => d.Outcome is not (OutcomeKind.Silent or OutcomeKind.Held)).ToList();
        if (known is null && (made.Count == 0 || before.DecidedTurn > 0)) return [];
        if (RolloutStore.Find(transaction, ready.Id) is not { IsOpen: true } rollout) return [];
        // While it is paused nobody new takes part; what people say of those who have is kept.
        if (known is null && rollout.State != RolloutState.Running) return [];
        if (known is null)
        {
            var (own, arrived) = (made[0].Playbook == rollout.Candidate, before.StartedAt.ToUnixTimeMilliseconds());
            if (!own && made[0].Playbook != rollout.Control) return [];
            // One that another version decided than it was drawn for is evidence for neither.
            if (rollout.Draws(before.Id, arrived) != own) return [];
            TicketOutcome.Enrol(transaction, rollout.Id, before.Id, own, rollout.ShareAt(arrived)!.Value, at);
        }
        TicketOutcome.Of(before, facts, at)
            .Write(transaction, rollout.Id, before.Id, [.. made.Select(d => d.LatencyMs)]);
        if (rollout.State != RolloutState.Running || !IsDue(transaction, rollout.Id)) return [];
        Look(transaction, rollout);
        store.Conclude(transaction, rollout);
        return [];
    }

    private void TakeUp(Rollout open)
    {
        if (versions.Load(open.Candidate) is not LoadedPlaybook.Valid kept)
        {
            // Kept by a program that reads playbooks otherwise: its tickets stay with the version in force.
            _unusable = open.Id;
            LogUnusable(open.Id, open.Candidate);
            return;
        }
        try
        {
            models.Prepare(kept.Playbook);
        }
        catch (Exception error)
        {
            // As with a changed folder: the one in force goes on.
            _unusable = open.Id;
            LogUntrained(error, open.Id, open.Candidate);
            return;
        }
        // Tickets of another roll-out say nothing of when this one is looked at.
        Interlocked.Exchange(ref _looked, 0);
        playbooks.Chosen = Choose;
        _ready = new Ready(open.Id, kept.Playbook);
    }

    /// <summary>The arm of a ticket: as it was drawn, or as it is drawn now; null for one that takes no part.</summary>
    private static bool? Arm(ReadConnection connection, Ready ready, string conversation)
    {
        if (RolloutStore.Find(connection, ready.Id) is not { State: RolloutState.Running } rollout) return null;
        if (Known(connection, ready.Id, conversation) is { } known) return known;
        // One that others have answered already goes on as it began.
        if (connection.Number("select 1 from decisions where conversation_id = $1 limit 1", conversation) is not null)
            return null;
        var arrived = connection.Number("select started_at from conversations where conversation_id = $1", conversation);
        return rollout.Draws(conversation, arrived ?? rollout.Shares[^1].FromMs);
    }

    private static bool? Known(ReadConnection connection, string rollout, string conversation) => connection.Number(
        "select candidate from rollout_tickets where rollout_id = $1 and conversation_id = $2", rollout, conversation)
        is { } candidate ? candidate == 1 : null;

    private bool IsDue(WriteTransaction transaction, string rollout)
    {
        var changes = Interlocked.Increment(ref _changes);
        if (changes < Interlocked.Read(ref _looked)) return false;
        var tickets = transaction.Number(
            "select count(*) from rollout_tickets where rollout_id = $1", rollout) ?? 0;
        Interlocked.Exchange(ref _looked, changes + Math.Max(1, tickets / Parts));
        return true;
    }

    private void Look(WriteTransaction transaction, Rollout rollout)
    {
        if (store.Halt(transaction, rollout) is not { } halted) return;
        LogHalted(halted.Id, halted.Why);
    }

    /// <summary>A roll-out whose candidate's models are trained here.</summary>
    private sealed record Ready(string Id, Playbook Candidate);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Roll-out {Id}: the models of candidate {Candidate} cannot be trained here; its tickets stay with the version in force")]
    private partial void LogUntrained(Exception error, string id, string candidate);

    [LoggerMessage(Level = LogLevel.Information, Message = "Roll-out {Id} is {State} at {Share}: {Why}")]
    private partial void LogChanged(string id, string state, double share, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Roll-out {Id} was halted and rolled back: {Why}")]
    private partial void LogHalted(string id, string why);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Roll-out {Id}: {Version} cannot be read by this program; it takes no part here")]
    private partial void LogUnusable(string id, string version);
}
