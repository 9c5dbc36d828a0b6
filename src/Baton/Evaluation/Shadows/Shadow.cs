using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;

namespace Baton.Evaluation.Shadows;

/// <summary>How a shadow stands.</summary>
internal enum ShadowState
{
    Running,

    /// <summary>A person ended it.</summary>
    Stopped,

    /// <summary>Its time is over.</summary>
    Ended,
}

/// <summary>
/// A candidate that decides the same messages as the playbook in force, and whose decisions nobody gets.
/// </summary>
internal sealed record Shadow(
    string Id, string Candidate, ShadowPlan Plan, ShadowState State, string By, string Why, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt);

/// <summary>What was decided before it began.</summary>
internal sealed record ShadowPlan
{
    /// <summary>Of conversations, 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Whether nobody is answered meanwhile: people work as before, and Baton only looks on.</summary>
    public bool Only { get; init; }

    /// <summary>When it ends by itself; null: when somebody stops it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What the models of shadows may cost in a day (UTC), beside what production may spend.</summary>
    public double BudgetUsd { get; init; } = 5;

    /// <summary>
    /// Field of tickets that says whether the rules of before sent them to a person (<c>yes</c>, <c>person</c>,
    /// <c>escalated</c>, <c>true</c> or <c>1</c>); null: none does.
    /// </summary>
    public string? OldRules { get; init; }

    /// <summary>What a candidate has to agree with people in.</summary>
    public double Agreement { get; init; } = 0.85;

    /// <summary>Whether the rules of before sent a ticket to a person; null: nothing says so.</summary>
    public bool? Before(IReadOnlyDictionary<string, string> fields) =>
        OldRules is { } name && fields.TryGetValue(name, out var value)
            ? value.Trim().ToLowerInvariant() is "yes" or "person" or "escalated" or "true" or "1" : null;
}

/// <summary>What the stages of one turn came to, each as yes or no, so that two of them make a table.</summary>
internal sealed record StageAnswers
{
    /// <summary>None where triage read nothing that the playbook has.</summary>
    public string? Intent { get; init; }

    /// <summary>Urgency from 6 on.</summary>
    public bool Urgent { get; init; }

    /// <summary>Complexity from 7 on, or several systems.</summary>
    public bool Complex { get; init; }

    /// <summary>Whether a person got it, or would have.</summary>
    public bool Person { get; init; }

    /// <summary>Whether there was an answer.</summary>
    public bool Answered { get; init; }

    public string? Queue { get; init; }

    private const int UrgentFrom = 6, ComplexFrom = 7;

    public static StageAnswers Of(Decision decision) => new()
    {
        Intent = decision.Triage?.Intent is { } intent && intent != TriageReading.None ? intent : null,
        Urgent = decision.Tone?.Urgency >= UrgentFrom,
        Complex = decision.Complexity is { } read && (read.Score >= ComplexFrom || read.CrossSystem),
        Person = decision.Outcome is OutcomeKind.Escalated or OutcomeKind.Held,
        Answered = decision.Outcome is OutcomeKind.Replied or OutcomeKind.Acted,
        Queue = decision.Route is Route.Auto or Route.Ask ? null : decision.Queue,
    };
}

/// <summary>Two decisions on one message.</summary>
/// <param name="Needed">Whether people say that a person was needed; null: nobody said.</param>
internal sealed record ShadowPair(
    string Ticket, int Turn, string Intent, StageAnswers Real, StageAnswers Own, double RealCostUsd, double OwnCostUsd,
    double RealLatencyMs, double OwnLatencyMs, bool? Needed);
