using System.ComponentModel.DataAnnotations;
using Baton.Evaluation.Production;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>When a server runs the golden tickets of its playbook.</summary>
internal sealed class EvaluationOptions
{
    /// <summary>All of them; five cron fields. Default Monday 06:00; empty: never.</summary>
    public string WeeklyCron { get; set; } = "0 6 * * 1";

    /// <summary>A sample of them. Default every day at 05:30; empty: never.</summary>
    public string DailyCron { get; set; } = "30 5 * * *";

    /// <summary>Real decisions of two days before are scored. Default every day at 04:30; empty: never.</summary>
    public string ScoresCron { get; set; } = "30 4 * * *";

    /// <summary>Which of them, and by whom.</summary>
    public ScoringPlan Scores { get; set; } = new();

    /// <summary>Look for gaps, collisions and suggestions. Default Monday 05:00; empty: never.</summary>
    public string LearningCron { get; set; } = "0 5 * * 1";

    /// <summary>Remind of tickets to label. Default the first of a month, 07:00; empty: never.</summary>
    public string LabelCron { get; set; } = "0 7 1 * *";

    /// <summary>Ask for a tenth more of them. Default the second day of a quarter, 07:00; empty: never.</summary>
    public string EnlargeCron { get; set; } = "0 7 2 1,4,7,10 *";

    /// <summary>IANA time zone of all. Default UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How many tickets the sample has. Default 200.</summary>
    [Range(1, 100_000)]
    public int DailyTickets { get; set; } = 200;

    /// <summary>Which ones: the same every day. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 1;
}
