using Baton.Playbooks.Rules;
using NodaTime;

namespace Baton.Playbooks;

/// <summary>Targets by priority. The first policy whose condition holds applies, as in Zendesk.</summary>
public sealed record SlaPolicy
{
    public required string Name { get; init; }

    /// <summary>Null applies to every ticket.</summary>
    public Condition? When { get; init; }

    /// <summary>Targets by priority; a priority without one has no target.</summary>
    public required IReadOnlyDictionary<Priority, SlaTargets> Targets { get; init; }

    /// <summary>Share of a target after which people are warned. Default 0.75, from 0.1 to 0.95.</summary>
    public double WarnAt { get; init; } = 0.75;

    /// <summary>What follows when the share is used up. Null: the warning is only recorded and shown.</summary>
    public SlaAction? OnWarning { get; init; }

    /// <summary>What follows at expiry. Null: the breach is only recorded and shown.</summary>
    public SlaAction? OnBreach { get; init; }
}

/// <summary>Times to the first reply of a person and to the solution. Null means no target.</summary>
/// <param name="BusinessHours">Whether the clocks run only while the queue is staffed.</param>
public sealed record SlaTargets(Duration? FirstReply, Duration? Resolution, bool BusinessHours)
{
    /// <summary>Time to each further reply.</summary>
    public Duration? NextReply { get; init; }

    /// <summary>Time the customer waits for us altogether.</summary>
    public Duration? RequesterWait { get; init; }

    /// <summary>The target of a metric, or null.</summary>
    public Duration? Of(string metric) => metric switch
    {
        SlaMetric.FirstReply => FirstReply,
        SlaMetric.NextReply => NextReply,
        SlaMetric.RequesterWait => RequesterWait,
        SlaMetric.Resolution => Resolution,
        _ => null,
    };
}

/// <summary>What follows from a warning or a breach.</summary>
/// <param name="Priority">The ticket has at least this one afterwards; never a lower one than before.</param>
/// <param name="Queue">Where it goes while nobody has claimed it.</param>
/// <param name="Notify">Who gets a notice: <c>operators</c>, or names of queues.</param>
public sealed record SlaAction(Priority? Priority, string? Queue, IReadOnlyList<string> Notify)
{
    /// <summary>The recipient of notices who is no queue.</summary>
    public const string Operators = "operators";
}
