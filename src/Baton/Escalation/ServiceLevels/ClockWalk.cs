using Baton.Conversations;
using Baton.Conversations.ServiceLevels;
using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;

namespace Baton.Escalation.ServiceLevels;

/// <summary>Takes facts one by one and collects what they do to the clocks.</summary>
internal sealed class ClockWalk(Playbook playbook, Conversation before, DateTimeOffset at)
{
    private readonly List<ConversationEvent> _facts = [];
    private readonly Instant _now = Instant.FromDateTimeOffset(at);
    private readonly Conversation _before = before;
    private readonly SlaPolicy? _policy = playbook.SlaPolicies.FirstOrDefault(p => p.Name == before.ServiceLevel);
    private Conversation _state = before;

    /// <summary>What follows so far.</summary>
    public IReadOnlyList<ConversationEvent> Facts => _facts;

    /// <summary>A clock breaches at expiry, also when what it waited for comes before its timer.</summary>
    public void Expire(IReadOnlyList<ConversationEvent> facts)
    {
        foreach (var clock in _before.Clocks.Running)
            if (clock.DueAt is { } due && due <= at && !facts.Any(f => IsAbout(f, clock.Metric)))
                Emit(new ConversationEvent.SlaBreached(clock.Metric, due));
    }

    /// <summary>One fact, in order.</summary>
    public void Take(ConversationEvent fact)
    {
        var was = _state;
        _state = _state.Apply(fact, at);
        switch (fact)
        {
            case ConversationEvent.AgentReplied:
                Meet(SlaMetric.FirstReply);
                Meet(SlaMetric.NextReply);
                Pause(SlaMetric.RequesterWait);
                break;
            case ConversationEvent.MessageReceived when was.AwaitsCustomer && !_state.AwaitsCustomer && IsOurs(was):
                StartNextReply();
                Resume(SlaMetric.RequesterWait);
                break;
            // What the customer waits for in the other ticket is owed here from now on.
            case ConversationEvent.MergedFrom when was.AwaitsCustomer && !_state.AwaitsCustomer && IsOurs(was):
                StartNextReply();
                Resume(SlaMetric.RequesterWait);
                break;
            case ConversationEvent.MergedInto e:
                foreach (var metric in SlaMetric.All) Stop(metric, $"merged into {e.TicketId}");
                break;
            case ConversationEvent.Unlocked:
                foreach (var metric in SlaMetric.All) Stop(metric, "given back to automation");
                break;
            default:
                if (_state.Status == ConversationStatus.Closed && was.Status != ConversationStatus.Closed) Close();
                break;
        }
    }

    /// <summary>Another priority, queue or playbook gives owed clocks another end; what expired stays so.</summary>
    public void Retarget()
    {
        if (_policy is null || _before.ServiceLevel != _state.ServiceLevel) return;
        var targets = _policy.Targets.GetValueOrDefault(_state.Priority ?? Priority.Normal);
        foreach (var clock in _state.Clocks.All)
        {
            if (clock is not { TargetMs: > 0 } || !(clock.Counts || clock.State == ClockState.Paused)) continue;
            if (clock.Policy != _policy.Name) continue;
            if (targets?.Of(clock.Metric) is { } wanted) Retarget(clock, (long)wanted.TotalMilliseconds, targets);
            else Stop(clock.Metric, $"policy {_policy.Name} has no such target any more");
        }
    }

    /// <summary>People hear of it before it is late.</summary>
    public void Warn()
    {
        foreach (var clock in _state.Clocks.Running)
            if (clock.State == ClockState.Running && clock.WarnAt <= at && clock.DueAt > at)
                Emit(new ConversationEvent.SlaWarned(clock.Metric, clock.DueAt.Value));
    }

    /// <summary>What the policy wants done about what has just expired, or will soon.</summary>
    public void Act()
    {
        if (_policy is null || !IsOurs(_state)) return;
        foreach (var fact in _facts.ToArray())
        {
            if (fact is ConversationEvent.SlaWarned warned)
                Act(_policy.OnWarning, $"{warned.Metric} is due soon (policy {_policy.Name})");
            else if (fact is ConversationEvent.SlaBreached breached && _state.Clocks[breached.Metric].IsOwed)
                Act(_policy.OnBreach, $"{breached.Metric} breached (policy {_policy.Name})");
        }
        Retarget();
    }

    private void Act(SlaAction? action, string why)
    {
        if (action?.Priority is { } wanted && _state.Priority is { } is_ && wanted > is_)
            Emit(new ConversationEvent.PriorityRaised(is_, wanted, why));
        // Whoever has claimed it keeps it: two people on one ticket help nobody.
        if (action?.Queue is { } queue && _state is { Status: ConversationStatus.Escalated, Queue: { } from }
            && queue != from && playbook.FindQueue(queue) is not null)
            Emit(new ConversationEvent.Requeued(from, queue, why));
    }

    private void Retarget(ServiceClock clock, long wantedMs, SlaTargets targets)
    {
        var paused = clock.State == ClockState.Paused;
        var moved = _before.Queue != _state.Queue && targets.BusinessHours && !paused && clock.Since < at;
        if (clock.TargetMs == wantedMs && clock.BusinessHours == targets.BusinessHours && !moved) return;
        var spent = paused ? clock.SpentMs : Spent(clock);
        var why = moved ? $"queue {_state.Queue}"
            : _state.Priority != _before.Priority ? $"priority {EnumWords.Of(_state.Priority ?? Priority.Normal)}"
            : "the playbook's target changed";
        Emit(new ConversationEvent.SlaChanged(
            clock.Metric, wantedMs, targets.BusinessHours, spent,
            paused ? null : End(targets.BusinessHours, wantedMs - spent),
            paused || clock.State == ClockState.Warning ? null : Warning(targets.BusinessHours, wantedMs, spent), why));
    }

    private void Meet(string metric)
    {
        if (_state.Clocks[metric] is { Counts: true }) Emit(new ConversationEvent.SlaMet(metric));
    }

    private void Stop(string metric, string why)
    {
        if (IsGoing(metric)) Emit(new ConversationEvent.SlaStopped(metric, why));
    }

    private void Pause(string metric)
    {
        if (_state.Clocks[metric] is { Counts: true, TargetMs: > 0 } clock)
            Emit(new ConversationEvent.SlaPaused(metric, Spent(clock)));
    }

    private void Resume(string metric)
    {
        if (_state.Clocks[metric] is not { State: ClockState.Paused } clock) return;
        Emit(new ConversationEvent.SlaResumed(
            metric, End(clock.BusinessHours, clock.TargetMs - clock.SpentMs),
            Warning(clock.BusinessHours, clock.TargetMs, clock.SpentMs)));
    }

    /// <summary>It runs from the oldest message that nobody has answered.</summary>
    private void StartNextReply()
    {
        if (_policy is null) return;
        var target = SlaClock.Start(
            _policy, _state.Priority ?? Priority.Normal, SlaMetric.NextReply, Queue(_state.Queue), _now);
        if (target is not null) Emit(target.ToFact());
    }

    private void Close()
    {
        foreach (var metric in (string[])[SlaMetric.RequesterWait, SlaMetric.Resolution])
            if (IsGoing(metric)) Emit(new ConversationEvent.SlaMet(metric));
        foreach (var metric in (string[])[SlaMetric.FirstReply, SlaMetric.NextReply]) Stop(metric, "closed");
    }

    private bool IsGoing(string metric) =>
        _state.Clocks[metric] is { Counts: true } or { State: ClockState.Paused };

    /// <summary>Counted time of a running clock, in the hours of the queue it was in until now.</summary>
    private long Spent(ServiceClock clock) => clock.SpentMs + (long)SlaClock.Counted(
        Queue(clock.Since < at ? _before.Queue : _state.Queue), clock.BusinessHours,
        Instant.FromDateTimeOffset(clock.Since), _now).TotalMilliseconds;

    private DateTimeOffset End(bool business, double leftMs) => SlaClock.Add(
        Queue(_state.Queue), business, _now, Duration.FromMilliseconds(leftMs)).ToDateTimeOffset();

    /// <summary>Null when the share is used up already.</summary>
    private DateTimeOffset? Warning(bool business, long targetMs, long spentMs)
    {
        var left = targetMs * (_policy?.WarnAt ?? 1) - spentMs;
        return left > 0 ? End(business, left) : null;
    }

    private Queue? Queue(string? name) => name is null ? null : playbook.FindQueue(name);

    private static bool IsOurs(Conversation state) =>
        state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;

    private static bool IsAbout(ConversationEvent fact, string metric) => fact switch
    {
        ConversationEvent.SlaStarted e => e.Metric == metric,
        ConversationEvent.SlaBreached e => e.Metric == metric,
        _ => false,
    };

    private void Emit(ConversationEvent fact)
    {
        _facts.Add(fact);
        _state = _state.Apply(fact, at);
    }
}
