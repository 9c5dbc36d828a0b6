using Baton.Playbooks;

namespace Baton.Conversations.ServiceLevels;

/// <summary>
/// The four clocks of a ticket. <see cref="Of"/> tells them from its events and nothing else, so that console, API and
/// figures cannot disagree.
/// </summary>
public sealed record ServiceClocks
{
    /// <summary>Clocks that have never started.</summary>
    public static ServiceClocks None { get; } = new();

    public ServiceClock FirstReply { get; private init; } = new(SlaMetric.FirstReply);

    public ServiceClock NextReply { get; private init; } = new(SlaMetric.NextReply);

    public ServiceClock RequesterWait { get; private init; } = new(SlaMetric.RequesterWait);

    public ServiceClock Resolution { get; private init; } = new(SlaMetric.Resolution);

    /// <summary>All four, in the order of <see cref="SlaMetric.All"/>.</summary>
    public IReadOnlyList<ServiceClock> All => [FirstReply, NextReply, RequesterWait, Resolution];

    /// <summary>The clock of a metric; an idle one for a metric of a newer version.</summary>
    public ServiceClock this[string metric] => All.FirstOrDefault(c => c.Metric == metric) ?? new(metric);

    /// <summary>Running clocks with a due time, soonest first: the first one is what is owed next.</summary>
    public IReadOnlyList<ServiceClock> Running =>
        [.. All.Where(c => c is { Counts: true, DueAt: not null }).OrderBy(c => c.DueAt)];

    /// <summary>The clocks after all events of a ticket, in order.</summary>
    public static ServiceClocks Of(IEnumerable<(ConversationEvent Fact, DateTimeOffset At)> events) =>
        events.Aggregate(None, (clocks, e) => clocks.Next(e.Fact, e.At));

    /// <summary>The clocks after one more event.</summary>
    public ServiceClocks Next(ConversationEvent fact, DateTimeOffset at) => fact switch
    {
        ConversationEvent.SlaStarted e => With(Started(this[e.Metric], e, at)),
        ConversationEvent.SlaPaused e => With(this[e.Metric] with
        {
            State = ClockState.Paused, SpentMs = e.SpentMs, Since = at, DueAt = null, WarnAt = null,
        }),
        ConversationEvent.SlaResumed e => With(this[e.Metric] with
        {
            State = ClockState.Running, Since = at, DueAt = e.DueAt, WarnAt = e.WarnAt,
        }),
        ConversationEvent.SlaChanged e => With(this[e.Metric] with
        {
            TargetMs = e.TargetMs, BusinessHours = e.BusinessHours, SpentMs = e.SpentMs, Since = at, DueAt = e.DueAt,
            WarnAt = e.WarnAt,
        }),
        ConversationEvent.SlaWarned e => With(this[e.Metric] with { State = ClockState.Warning, WarnAt = null }),
        ConversationEvent.SlaMet e => With(this[e.Metric] with
        {
            State = ClockState.Met, WarnAt = null, EndedAt = at,
        }),
        ConversationEvent.SlaStopped e => With(this[e.Metric] with
        {
            State = ClockState.Stopped, DueAt = null, WarnAt = null, EndedAt = at,
        }),
        ConversationEvent.SlaBreached e => With(Breached(this[e.Metric], e)),
        ConversationEvent.AgentReplied => Fulfilled(at, SlaMetric.FirstReply, SlaMetric.NextReply),
        ConversationEvent.Closed or ConversationEvent.ResolutionConfirmed { OnlyTells: false }
            or ConversationEvent.Unlocked or ConversationEvent.MergedInto => Fulfilled(at, [.. SlaMetric.All]),
        _ => this,
    };

    private static ServiceClock Started(ServiceClock clock, ConversationEvent.SlaStarted e, DateTimeOffset at) => new(
        e.Metric)
    {
        State = ClockState.Running, Policy = e.Policy, TargetMs = e.TargetMs, BusinessHours = e.BusinessHours,
        Since = at, DueAt = e.DueAt, WarnAt = e.WarnAt, Runs = clock.Runs + 1, Breaches = clock.Breaches,
    };

    private static ServiceClock Breached(ServiceClock clock, ConversationEvent.SlaBreached e) => clock with
    {
        State = ClockState.Breached, DueAt = e.DueAt, WarnAt = null, Breaches = clock.Breaches + 1,
    };

    /// <summary>
    /// What is done late is done. A clock that ran in time has an event of its own for that; its time is set there.
    /// </summary>
    private ServiceClocks Fulfilled(DateTimeOffset at, params ReadOnlySpan<string> metrics)
    {
        var next = this;
        foreach (var metric in metrics)
            if (this[metric] is { IsOwed: true } clock) next = next.With(clock with { EndedAt = at });
        return next;
    }

    private ServiceClocks With(ServiceClock clock) => clock.Metric switch
    {
        SlaMetric.FirstReply => this with { FirstReply = clock },
        SlaMetric.NextReply => this with { NextReply = clock },
        SlaMetric.RequesterWait => this with { RequesterWait = clock },
        SlaMetric.Resolution => this with { Resolution = clock },
        _ => this,
    };
}
