using Baton.Conversations;
using Baton.Conversations.Promises;
using Baton.Conversations.Replies;
using Baton.Playbooks;
using Baton.Storage.Jobs;

namespace Baton.Decisions.Working;

/// <summary>What happens when a conversation's timer fires.</summary>
internal sealed class TimerJobs(
    ConversationStore store, JobQueue jobs, ReplyDesk replies, ConversationFeed feed, TimeProvider clock)
{
    public const string AssumeResolved = "assume_resolved";

    /// <summary>Handlers by job kind.</summary>
    public IEnumerable<KeyValuePair<string, JobHandler>> Handlers()
    {
        yield return new(AssumeResolved, (job, token) => AppendAsync(job, Assume, token));
        yield return new(ReplyDesk.Kind, replies.HandleAsync);
        // What has expired follows from the time alone: saving nothing asks for it.
        foreach (var kind in SlaMetric.All.Select(SlaMetric.Timer).Append(PromiseTimer.Kind))
            yield return new(kind, (job, token) => AppendAsync(job, _ => [], token));
    }

    /// <summary>Silence counts as a resolution only while the last word was automation's.</summary>
    private static IReadOnlyList<ConversationEvent> Assume(Conversation state) =>
        state.Status == ConversationStatus.Waiting
            ? [new ConversationEvent.ResolutionAssumed("no word from the customer")]
            : [];

    private async Task AppendAsync(
        LeasedJob job, Func<Conversation, IReadOnlyList<ConversationEvent>> decide,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(job.Key!);
            var facts = store.Read(decide(state));
            IReadOnlyList<ConversationEvent> stored = [];
            var saved = await store.Database.WriteAsync(transaction =>
            {
                var now = store.Save(transaction, state, facts, clock.GetUtcNow(), out stored);
                if (now is not null) jobs.Complete(transaction, job);
                return now;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            foreach (var fact in stored) feed.Publish(saved.Id, fact);
            return;
        }
    }
}
