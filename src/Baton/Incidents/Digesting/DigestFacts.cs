using Baton.Conversations.Tallies;
using Baton.Gateway.Money;
using Baton.Incidents.Triaging;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;

namespace Baton.Incidents.Digesting;

/// <summary>
/// What happened in a day or a week: figures of Insights, and names of the playbook. Nothing of it is a customer's word
/// or a person's name.
/// </summary>
internal sealed record DigestFacts
{
    public required bool IsWeekly { get; init; }

    /// <summary>Whole days in UTC, as those of Insights.</summary>
    public required InsightPeriod Period { get; init; }

    public required Overview Now { get; init; }

    /// <summary>The same time before it.</summary>
    public required Overview Before { get; init; }

    /// <summary>What a ticket costs that a person answers, from the playbook's <c>costs</c>.</summary>
    public required Usd Contact { get; init; }

    /// <summary>For the chart, oldest first; days of nothing are among them.</summary>
    public required IReadOnlyList<DigestDay> Days { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>Null: nobody has looked for gaps, or there are none.</summary>
    public required DigestGap? Gap { get; init; }

    public required IReadOnlyList<WorthReading> Tickets { get; init; }

    /// <summary>Null: no fixed price is named, or no tokens were used.</summary>
    public required BreakEven? Provisioned { get; init; }

    /// <summary>Whether the cheaper side is another one than at the last check of a quarter.</summary>
    public required bool IsCrossed { get; init; }

    public Economics Money => Economics.Of(Now);

    /// <summary>Nothing came and nothing was decided.</summary>
    public bool IsQuiet => Now.Count(TallyFigure.Ticket) == 0 && Now.Count(TallyFigure.Decision) == 0;

    public InsightRate Escalated => Now.Rate(TallyFigure.Escalated, TallyFigure.Ticket);

    public long Breaches => SlaMetric.All.Sum(metric => Now.Count(TallyFigure.Breached(metric)));

    /// <summary>What people would have cost for what was resolved without them, less what was spent; may be
    /// negative.</summary>
    public Usd Saved => (Contact * Money.Resolved) - Money.Spent;

    /// <summary>Names the digest: the same time is told of once.</summary>
    public string Id => $"{(IsWeekly ? "weekly" : "daily")}/{Period.FromText}";
}

/// <summary>A day of the chart.</summary>
/// <param name="Day">Days since 1970.</param>
internal sealed record DigestDay(long Day, long Answered, long HandedOver);

/// <summary>The matter that most tickets are about and no section answers, by the section that is nearest.</summary>
/// <param name="Near">Article and heading; null: no article is near.</param>
/// <param name="Deflects">Share of all tickets that a section on it would answer.</param>
internal sealed record DigestGap(string? Near, int Tickets, double Deflects);

/// <summary>A ticket that somebody should read, chosen by a rule.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Why">In words.</param>
internal sealed record WorthReading(string Ticket, string Rule, string Why);
