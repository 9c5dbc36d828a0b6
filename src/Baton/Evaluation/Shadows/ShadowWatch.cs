using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Decisions;
using Baton.Decisions.Working;
using Baton.Operations;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging;

namespace Baton.Evaluation.Shadows;

/// <summary>
/// Lets the shadow decide what was decided: a job of a queue of its own, behind everything else, dropped and counted
/// when the work of customers waits, when its day's money is spent, or when there are too many.
/// </summary>
internal sealed partial class ShadowWatch(
    Database database, ShadowStore store, ShadowRun run, PlaybookVersions versions, LocalModelCache models,
    KillSwitch killSwitch, JobQueue turns, Notices notices, ILogger<ShadowWatch> logger)
{
    /// <summary>Name of the queue, and of its jobs.</summary>
    public const string Kind = "shadow";

    /// <summary>Turns of customers that may wait while the shadow decides.</summary>
    private const long Busy = 20;

    /// <summary>The answer has left by then.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private readonly Lock _training = new();
    private LocalModelCache.Trained? _candidate;

    /// <summary>Where shadows wait: few, one at a time, and tried once.</summary>
    public JobQueue Jobs { get; } = new(Kind, new JobOptions
    {
        QueueLimit = 500, WorkOffSeconds = 0, Concurrency = 1, Ahead = 0, AttemptLimit = 1, PollMs = 1_000,
    }, database.Clock, new Random(1));

    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var made = facts.OfType<ConversationEvent.DecisionMade>().LastOrDefault();
        var judged = facts.Select(Verdict).OfType<(int? Turn, bool Needed)>().ToList();
        if ((made is null && judged.Count == 0) || ShadowStore.Running(transaction) is not { } shadow) return [];
        foreach (var (turn, needed) in judged)
            ShadowStore.Judge(transaction, shadow.Id, before.Id, turn ?? HandedOver(before), needed);
        if (made is not null && IsDecided(made, shadow.Plan) && Share.Of(before.Id, "shadow") < shadow.Plan.Share)
            Enqueue(transaction, shadow.Id, before.Id, made.Turn, at);
        return [];
    }

    /// <summary>One job: the candidate decides, and both decisions are kept.</summary>
    public async Task HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        if (store.Running() is not { } shadow) return;
        if (Hurry(shadow) is { } reason)
        {
            await DropAsync(job, shadow.Id, reason, cancellationToken);
            return;
        }
        var turn = int.Parse(job.Payload, CultureInfo.InvariantCulture);
        try
        {
            if (Candidate(shadow) is not { } candidate)
            {
                await DropAsync(job, shadow.Id, "failed", cancellationToken);
                return;
            }
            var budget = new Usd((decimal)shadow.Plan.BudgetUsd);
            if (await run.DecideAsync(candidate, job.Key!, turn, budget, cancellationToken) is not { } both) return;
            if (both.IsCutShort)
            {
                await DropAsync(job, shadow.Id, "budget", cancellationToken);
                return;
            }
            var pair = Pair(shadow, job.Key!, turn, both);
            await database.WriteAsync(t =>
            {
                ShadowStore.Keep(t, shadow.Id, pair, database.Clock.GetUtcNow());
                Jobs.Complete(t, job);
            }, cancellationToken);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageException))
        {
            // Not the exception itself: its message may quote the customer.
            LogFailed(job.Key!, error.GetType().Name, error.StackTrace);
            await DropAsync(job, shadow.Id, "failed", cancellationToken);
        }
    }

    /// <summary>Ends a shadow whose time is over, and says what it came to.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (store.Running() is not { Plan.Until: { } until } shadow || database.Clock.GetUtcNow() < until) return;
        if (await store.EndAsync(shadow.Id, ShadowState.Ended, null, "its time is over", cancellationToken) is null) return;
        var verdict = new ShadowReport(shadow, store.Pairs(shadow.Id), store.Drops(shadow.Id)).Verdict;
        await database.WriteAsync(t => notices.Raise(t, new Notice
        {
            To = "operators", Urgency = NoticeUrgency.Normal, Group = $"shadow/{shadow.Id}",
            Title = $"The shadow has ended: {verdict.Word}", Text = verdict.Why,
        }), cancellationToken);
    }

    private void Enqueue(WriteTransaction transaction, string shadow, string ticket, int turn, DateTimeOffset at)
    {
        var job = new NewJob
        {
            Kind = Kind, Key = ticket, Payload = turn.ToString(CultureInfo.InvariantCulture), RunAt = at + After,
        };
        if (Jobs.Enqueue(transaction, job) is EnqueueOutcome.QueueFull) ShadowStore.Drop(transaction, shadow, "full");
    }

    /// <summary>Why this one is let go; null: it may run.</summary>
    private string? Hurry(Shadow shadow)
    {
        if (killSwitch.Read().On) return "stopped";
        if (database.Read(turns.Depth) > Busy) return "load";
        return store.SpentToday() >= new Usd((decimal)shadow.Plan.BudgetUsd) ? "budget" : null;
    }

    private LocalModelCache.Trained? Candidate(Shadow shadow)
    {
        lock (_training)
        {
            if (_candidate is { } known && known.Playbook.Version == shadow.Candidate) return known;
            return versions.Load(shadow.Candidate) is LoadedPlaybook.Valid kept
                ? _candidate = models.TrainBeside(kept.Playbook) : null;
        }
    }

    /// <summary>
    /// While nobody is answered, the rules of before stand for production; they send everything to people.
    /// </summary>
    private static ShadowPair Pair(Shadow shadow, string ticket, int turn, ShadowDecisions both)
    {
        var (then, now) = (StageAnswers.Of(both.Real), StageAnswers.Of(both.Own));
        if (shadow.Plan.Only) then = then with { Person = shadow.Plan.Before(both.Fields) ?? true };
        return new ShadowPair(ticket, turn, then.Intent ?? now.Intent ?? "none", then, now, (double)both.Real.CostUsd,
            (double)both.Own.CostUsd, both.Real.LatencyMs, both.Own.LatencyMs, null);
    }

    private Task DropAsync(LeasedJob job, string shadow, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(t =>
        {
            ShadowStore.Drop(t, shadow, reason);
            Jobs.Complete(t, job);
        }, cancellationToken);

    /// <summary>A turn in which something was decided; while nobody is answered, every one.</summary>
    private static bool IsDecided(ConversationEvent.DecisionMade made, ShadowPlan plan) => made.Outcome switch
    {
        OutcomeKind.Silent => plan.Only && made.Reasoning.StartsWith(ListenOnly.Why, StringComparison.Ordinal),
        OutcomeKind.Held => false,
        _ => true,
    };

    /// <summary>The turn that handed it over, which is judged when the ticket is closed; else the last one.</summary>
    private static int HandedOver(Conversation ticket) =>
        ticket.Tally.Turns.Values.LastOrDefault(t => t.IsHandedOver)?.Turn ?? ticket.DecidedTurn;

    /// <summary>What a person says of a ticket: whether one was needed.</summary>
    private static (int? Turn, bool Needed)? Verdict(ConversationEvent fact) => fact switch
    {
        ConversationEvent.HandoffJudged judged => (null, judged.Needed != PersonNeeded.No),
        ConversationEvent.DecisionReviewed { ShouldHaveBeen: { } route } reviewed =>
            (reviewed.Turn, route is not (Route.Auto or Route.Ask)),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The shadow could not decide conversation {Conversation} ({Why}); production is untouched\n{Where}")]
    private partial void LogFailed(string conversation, string why, string? where);
}
