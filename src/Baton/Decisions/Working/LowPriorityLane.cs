using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions.Asking;
using Baton.Decisions.Stages;
using Baton.Decisions.Turns;
using Baton.Escalation.Triggers;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;
using Baton.Storage.Jobs;

namespace Baton.Decisions.Working;

/// <summary>
/// Tickets of the lowest customer tier without urgency wait for the next tick and are then worked on together, at batch
/// prices where the playbook has them. Only while models are configured: without them there is nothing to save.
/// </summary>
internal sealed class LowPriorityLane(
    ModelAsker models, CustomerContexts customers, KillSwitch killSwitch, ConversationStore store, Timers timers,
    JobQueue jobs, LiveChannels live, TimeProvider clock)
{
    /// <summary>Kind of the timer, and of the job that it becomes.</summary>
    public const string TurnJob = "low_priority_turn";

    /// <summary>The customer of a turn that may wait, or null when it may not.</summary>
    public ValueTask<CustomerContext?> TakesAsync(Turn turn, CancellationToken cancellationToken) =>
        turn.Playbook.Limits.LowPriorityEvery > TimeSpan.Zero && models.HasModels(turn.Playbook)
            && !turn.Conversation.Locked && !live.Contains(turn.Conversation.Channel) && !killSwitch.Read().On
            ? LookAsync(turn, cancellationToken)
            : new ValueTask<CustomerContext?>((CustomerContext?)null);

    /// <summary>Ends the job; a timer brings the turn back at the tick.</summary>
    /// <returns>False when the conversation has changed.</returns>
    public async Task<bool> PutAsync(
        LeasedJob job, Turn turn, CustomerContext customer, CancellationToken cancellationToken)
    {
        var (state, now) = (turn.Conversation, clock.GetUtcNow());
        var saved = await store.Database.WriteAsync(transaction =>
        {
            transaction.Lock(state.Id);
            var after = state.Customer is null
                ? store.Save(transaction, state,
                    [new ConversationEvent.CustomerContextFetched(customer, customer.LookupMs)], now)
                : state;
            if (after is null) return null;
            // A later message of the same ticket does not push the tick away.
            if (Timers.DueAt(transaction, state.Id, TurnJob) is null)
                timers.Schedule(transaction, state.Id, TurnJob, NextTick(now, turn.Playbook.Limits.LowPriorityEvery));
            jobs.Complete(transaction, job);
            return after;
        }, cancellationToken);
        if (saved is not null) store.Remember(saved);
        return saved is not null;
    }

    /// <summary>The next multiple of the interval, so that all who wait are worked on together.</summary>
    public static DateTimeOffset NextTick(DateTimeOffset now, TimeSpan every) =>
        new((now.UtcTicks / every.Ticks + 1) * every.Ticks, TimeSpan.Zero);

    private async ValueTask<CustomerContext?> LookAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (!IsCalm(turn)) return null;
        var customer = await ContextStage.CustomerAsync(turn, customers, store, cancellationToken);
        if (customer.Lookup != CustomerLookup.Found || customer.Tier != turn.Playbook.CustomerTiers[0]) return null;
        return TriageStage.IsSettledByRule(turn, customer) ? null : customer;
    }

    /// <summary>No sign of urgency by the local tier, and nothing grave.</summary>
    private static bool IsCalm(Turn turn)
    {
        var pressing = turn.Playbook.Routing.PriorityFromUrgency.GetValueOrDefault(Priority.High, 6);
        if (LocalModels.Tone(turn.Subject, turn.Body, turn.Earlier).Reading.Urgency >= pressing) return false;
        var found = Triggers.Evaluate(turn.Playbook, TurnFacts.Of(turn, turn.Findings));
        return !found.Any(f => TriggerCatalog.Grave.Contains(f.Name));
    }
}
