using static System.TimeSpan;

namespace Baton.Playbooks.Alerts;

/// <summary>Every alert, with the settings that it has where <c>alerts.yaml</c> says nothing.</summary>
public static class AlertCatalog
{
    // Names of series: those of facts are in TallyFigure, those that are measured in SeriesNames.
    private const string Decision = "decision", HandedOver = "handed_over";

    public static readonly IReadOnlyList<AlertRule> All =
    [
        new("escalation_rate", "Escalations rise", AlertKind.Rise, HandedOver)
            { Above = 3, Within = FromMinutes(30), Least = 10, Severity = AlertSeverity.Critical },
        new("denials", "Agents are denied what they try", AlertKind.Count, "denied")
            { Above = 5, Within = FromMinutes(30), Severity = AlertSeverity.Critical },
        new("appropriateness", "Second opinions differ more than usual", AlertKind.ShareRise, "second_differs")
            { Among = "second_opinion", Above = 2, Within = FromHours(24), Least = 30 },
        new("low_confidence", "More decisions are unsure", AlertKind.ShareRise, "low_confidence")
            { Among = Decision, Above = 3, Within = FromHours(1), Least = 30 },
        new("overrides", "People correct more decisions", AlertKind.ShareRise, "overridden")
            { Among = "judged", Above = 3, Within = FromHours(6), Least = 20 },
        new("wrong_answers", "Answers are called bad", AlertKind.ShareRise, "wrong_answer")
            { Among = "answered", Above = 3, Within = FromHours(24), Least = 50 },
        new("sla_warnings", "Clocks come near their end", AlertKind.Rise, "sla_warned:first_reply")
            { Above = 3, Within = FromHours(1), Least = 10 },
        new("sla_breaches", "Customers wait beyond the promise", AlertKind.Rise, "sla_breached:first_reply")
            { Above = 3, Within = FromHours(1), Least = 5, Severity = AlertSeverity.Critical },
        new("queue_unstaffed", "Customers wait and nobody is there", AlertKind.Level, "queue_unstaffed")
            { Above = 0, Within = FromMinutes(15) },
        new("breaker_open", "A model or system is left alone", AlertKind.Level, "breaker_open")
            { Above = 0, Within = FromMinutes(3), Severity = AlertSeverity.Critical },
        new("tool_slow", "A system behind tools is slow", AlertKind.Level, "tool_slow")
            { Above = 4, Within = FromMinutes(10), Unit = "times as long as usual" },
        new("fallbacks", "Another model answers than the first", AlertKind.Count, "fell_back")
            { Above = 10, Within = FromMinutes(30) },
        new("dead_letters", "Work was given up", AlertKind.Level, "dead_letters")
            { Above = 0, Within = FromMinutes(5) },
        new("outbox_age", "Texts do not leave", AlertKind.Level, "outbox_age_s")
            { Above = 300, Within = FromMinutes(5), Severity = AlertSeverity.Critical, Unit = "s" },
        new("budget", "The budget will not do", AlertKind.Level, "budget_forecast")
            { Above = 1, Within = FromHours(1), Unit = "of the budget at the end of the period" },
        new("cost_per_ticket", "Tickets cost more", AlertKind.MeanRise, Decision)
            { Among = "ticket", Above = 2, Within = FromHours(24), Least = 50 },
        new("latency_p95", "Decisions take long", AlertKind.Percentile, "latency")
            { Above = 4_000, Within = FromMinutes(15), Least = 20, Unit = "ms" },
        new("ledger", "The ledger is not whole", AlertKind.Level, "ledger_faults")
            { Above = 0, Within = FromMinutes(5), Severity = AlertSeverity.Critical },
        new("disk", "The disk is nearly full", AlertKind.Level, "disk_used")
            { Above = 0.9, Within = FromMinutes(10), Severity = AlertSeverity.Critical },
        new("clock", "The clock is wrong", AlertKind.Level, "clock_off_s")
            { Above = 30, Within = FromMinutes(5), Severity = AlertSeverity.Critical, Unit = "s" },
    ];
}
