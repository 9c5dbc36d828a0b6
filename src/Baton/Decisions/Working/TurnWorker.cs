using Baton.Conversations;
using Baton.Conversations.Approvals;
using Baton.Conversations.Clearing;
using Baton.Conversations.Inbound;
using Baton.Conversations.Solving;
using Baton.Conversations.Verdicts;
using Baton.Conversations.Tickets;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Turns;
using Baton.People.Routing;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Tools.Running;
using Microsoft.Extensions.Logging;

namespace Baton.Decisions.Working;

/// <summary>Handles the job of a turn: runs the stages, decides, and commits everything together.</summary>
internal sealed partial class TurnWorker(
    ConversationStore store, JobQueue jobs, Timers timers, Outbox outbox, PlaybookHost playbooks,
    LocalModelCache models, LowPriorityLane lane, DecisionPipeline pipeline, ConversationFeed feed, SolvedLinks links,
    RatingLinks ratings,
    Rosters rosters, ListenOnly listenOnly, TurnOptions options, TimeProvider clock,
    ILogger<TurnWorker> logger)
{
    /// <summary>
    /// Times a turn starts over because the conversation changed under it, before it is left to a retry.
    /// </summary>
    private const int Restarts = 10;

    private readonly TurnDecider _decider = new(rosters.LoadOf);

    /// <summary>
    /// The handler of jobs of kind <see cref="Intake.TurnJob"/> and <see cref="LowPriorityLane.TurnJob"/>.
    /// </summary>
    public async Task HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Restarts; i++)
        {
            var conversation = store.Load(job.Key!);
            // Another job of the conversation may have answered this message together with its own.
            if (conversation.CustomerMessages <= conversation.DecidedTurn) return;
            if (await TryAsync(job, conversation, cancellationToken)) return;
        }
        throw new StageException(
            $"conversation {job.Key} changed {Restarts} times while its turn ran", isTransient: true);
    }

    /// <summary>
    /// Hands a conversation to a person when its turn will not be tried again: the process died under it too often, or
    /// the models cannot be loaded. For <see cref="JobQueue.WhenDead"/>.
    /// </summary>
    public void HandOver(WriteTransaction transaction, JobView job)
    {
        var conversation = store.Load(transaction, job.Key!);
        if (conversation.CustomerMessages <= conversation.DecidedTurn) return;
        var playbook = playbooks.For(conversation.Id);
        var turn = new Turn(playbook, models: null, conversation, Now(conversation), job.Attempts);
        var error = new StageException($"given up after {job.Attempts} attempts: {job.Error}", isTransient: false);
        var decision = _decider.Fail(
            turn, "turn", error, latencyMs: 0, LeftBehind.Of(transaction, conversation));
        var saved = Write(
            transaction, turn, conversation, store.Read(decision.Events), decision, clock.GetUtcNow());
        if (saved is not null) transaction.AfterCommit(() => Tell(saved, decision));
    }

    private async Task<bool> TryAsync(LeasedJob job, Conversation conversation, CancellationToken cancellationToken)
    {
        var (playbook, local) = models.For(conversation.Id);
        var turn = new Turn(playbook, local, conversation, Now(conversation), job.Attempt);
        if ((Silence.Of(turn) ?? listenOnly.Of(turn)) is { } why)
            return await CommitAsync(
                job, turn, new TurnRun(store, feed, conversation, clock), Silence.Decide(turn, why, 0),
            cancellationToken);
        if (SolvedTurn.Of(turn) is { } answer)
            return await CommitAsync(
                job, turn, new TurnRun(store, feed, conversation, clock), SolvedTurn.Decide(turn, answer),
                cancellationToken);
        if (await lane.TakesAsync(turn, cancellationToken) is { } customer)
        {
            // A turn that was tried before has waited long enough.
            if (job is { Kind: Intake.TurnJob, Attempt: 1 } && !options.PastTickets)
                return await lane.PutAsync(job, turn, customer, cancellationToken);
            turn.Batch = true;
        }
        var run = new TurnRun(store, feed, conversation, clock);
        var started = clock.GetTimestamp();
        TurnDecision decision;
        using var span = TurnSpans.Turn(conversation.Id, turn.Number);
        try
        {
            await pipeline.RunAsync(turn, run.ReportAsync, cancellationToken);
            if (turn.WaitsFor is not null) return await WaitAsync(job, turn, run, cancellationToken);
            decision = _decider.Decide(turn, Elapsed(started));
        }
        catch (ConversationChangedException)
        {
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (TurnDecider.Transient(error) && job.Attempt < options.Attempts) throw;
            var stage = pipeline.NextAfter(turn, run.Facts);
            LogFailed(conversation.Id, stage, StageException.Describe(error), error.StackTrace);
            decision = _decider.Fail(
                turn, stage, error, Elapsed(started), store.Database.Read(c => LeftBehind.Of(c, run.State)));
        }
        return await CommitAsync(job, turn, run, decision, cancellationToken);
    }

    /// <summary>
    /// The turn ends here and is not decided: it goes on where it was when people have decided. The customer is told
    /// once that it takes a while.
    /// </summary>
    private async Task<bool> WaitAsync(
        LeasedJob job, Turn turn, TurnRun run, CancellationToken cancellationToken)
    {
        // The request may stand in the table and not in the ledger: a process died between.
        List<ConversationEvent> asked = run.State.OpenApprovals.Contains(turn.WaitsFor!) ? []
            : [.. store.Database.Read(c => ApprovalRows.Find(c, turn.WaitsFor!)) is { Status: ApprovalStatus.Open } open
                ? [CallRecord.Asked(open)] : Array.Empty<ConversationEvent>()];
        var isNew = asked.Count > 0 || !run.State.ToldToWait
            || run.Facts.Any(f => f is ConversationEvent.ApprovalRequested);
        var (text, id) = (ReplyText.Approval(turn), $"{turn.Conversation.Id}/{turn.Conversation.Messages + 1}");
        IReadOnlyList<ConversationEvent> told =
            isNew ? [new ConversationEvent.Held(turn.Number, id, ConversationFold.ForApproval, text)] : [];
        var (facts, at) = (store.Read([.. run.Unsaved, .. asked, .. told]), clock.GetUtcNow());
        var saved = await store.Database.WriteAsync(transaction =>
        {
            var now = store.Save(transaction, run.State, facts, at, out _);
            if (now is null) return null;
            if (isNew) SayTo(transaction, turn, id, text, OutcomeKind.Held, at);
            jobs.Complete(transaction, job);
            return now;
        }, cancellationToken);
        if (saved is null) return false;
        store.Remember(saved);
        foreach (var fact in told) feed.Publish(saved.Id, fact);
        return true;
    }

    private async Task<bool> CommitAsync(
        LeasedJob job, Turn turn, TurnRun run, TurnDecision decision, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var facts = store.Read([.. run.Unsaved, .. decision.Events]);
        var saved = await store.Database.WriteAsync(transaction =>
        {
            var now = Write(transaction, turn, run.State, facts, decision, at);
            if (now is not null) jobs.Complete(transaction, job);
            return now;
        }, cancellationToken);
        if (saved is null) return false;
        Tell(saved, decision);
        return true;
    }

    /// <summary>Everything a decision causes, in one transaction. Null when the conversation has changed.</summary>
    private Conversation? Write(
        WriteTransaction transaction, Turn turn, Conversation before, IReadOnlyList<ReadFact> facts,
        TurnDecision decision, DateTimeOffset at)
    {
        var now = store.Save(transaction, before, facts, at, out var stored);
        if (now is null) return null;
        var view = DecisionView.Of(before.Id, [.. before.Undecided, .. stored]);
        ConversationTables.Write(transaction, turn.Number, at, decision.Verdict?.NeedsReview ?? false, view);
        if (decision.Text is { } text)
        {
            if (decision.Events.OfType<ConversationEvent.OfferMade>().FirstOrDefault() is { } made)
                text = links.Into(text, before.Id, made);
            if (view.Outcome is OutcomeKind.Replied or OutcomeKind.Acted && !options.PastTickets)
                text = ratings.Into(text, turn.Playbook.Brand.RatingText, before.Id);
            SayTo(transaction, turn, decision.MessageId!, text, view.Outcome, at);
        }
        if (!options.PastTickets && decision.Verdict?.Route is Route.Auto or Route.Ask)
            timers.Schedule(
                transaction, before.Id, TimerJobs.AssumeResolved,
                turn.Now + turn.Playbook.Limits.AssumeResolvedAfter);
        return now;
    }

    private void Tell(Conversation saved, TurnDecision decision)
    {
        store.Remember(saved);
        foreach (var fact in decision.Events) feed.Publish(saved.Id, fact);
    }

    private DateTimeOffset Now(Conversation conversation) =>
        options.PastTickets ? conversation.LastWrittenAt : clock.GetUtcNow();

    /// <summary>The message table gets the text as the customer reads it, with the real values back in.</summary>
    private void SayTo(
        WriteTransaction transaction, Turn turn, string messageId, string text, OutcomeKind outcome, DateTimeOffset at)
    {
        var body = text.Contains('[', StringComparison.Ordinal)
            ? MessageRows.Placeholders(transaction, turn.Conversation.Id).Restore(text)
            : text;
        MessageRows.Insert(transaction, new MessageRow
        {
            Id = messageId, ConversationId = turn.Conversation.Id, Position = turn.Conversation.Messages + 1,
            Channel = turn.Conversation.Channel, Author = Author.Baton, Body = body, Redacted = text,
            CustomerId = turn.Conversation.CustomerId, ReceivedAt = at,
        });
        // Past tickets were answered long ago: nothing leaves for them.
        if (options.PastTickets) return;
        outbox.Add(transaction, MessageRows.Outgoing(turn.Conversation, messageId, EnumWords.Of(outcome)));
    }

    private double Elapsed(long started) => Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3);

    /// <summary>Not the exception itself: its message may quote the customer.</summary>
    [LoggerMessage(Level = LogLevel.Error,
        Message = "Turn of conversation {Conversation} failed in stage {Stage} ({Why}); a person gets it\n{Where}")]
    private partial void LogFailed(string conversation, string stage, string why, string? where);
}
