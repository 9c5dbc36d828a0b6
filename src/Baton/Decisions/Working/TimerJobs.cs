using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage.Jobs;

namespace Baton.Decisions.Working;

/// <summary>What happens when a conversation's timer fires.</summary>
internal sealed class TimerJobs(ConversationStore store, JobQueue jobs, ConversationFeed feed, TimeProvider clock)
{
    public const string AssumeResolved = "assume_resolved";

    public static readonly IReadOnlyList<string> Metrics = [SlaMetric.FirstReply, SlaMetric.Resolution];

    /// <summary>Handlers by job kind.</summary>
    public IEnumerable<KeyValuePair<string, JobHandler>> Handlers()
    {
        yield return new(AssumeResolved, (job, token) => AppendAsync(job, Assume, token));
        foreach (var metric in Metrics)
            yield return new(SlaMetric.Timer(metric),
                (job, token) => AppendAsync(job, state => Breach(state, metric), token));
    }

    /// <summary>Silence counts as a resolution only while the last word was automation's.</summary>
    private static ConversationEvent? Assume(Conversation state) => state.Status == ConversationStatus.Waiting
        ? new ConversationEvent.ResolutionAssumed("no word from the customer")
        : null;

    /// <summary>A target breaches at expiry, not at the next reply.</summary>
    private ConversationEvent.SlaBreached? Breach(Conversation state, string metric) =>
        state.Targets.TryGetValue(metric, out var due) && due <= clock.GetUtcNow()
            ? new ConversationEvent.SlaBreached(metric, due)
            : null;

    private async Task AppendAsync(
        LeasedJob job, Func<Conversation, ConversationEvent?> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(job.Key!);
            if (decide(state) is not { } fact) return;
            var saved = await store.Database.WriteAsync(transaction =>
            {
                var now = store.Save(transaction, state, [fact], clock.GetUtcNow());
                if (now is not null) jobs.Complete(transaction, job);
                return now;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(saved.Id, fact);
            return;
        }
    }
}
