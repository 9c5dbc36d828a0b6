namespace Baton.Storage.Measured;

/// <summary>Names of series that are looked at rather than counted. They are stored: a name does not change.</summary>
internal static class SeriesNames
{
    /// <summary>1 for each model or system that is left alone because it failed too often.</summary>
    public const string BreakerOpen = "breaker_open";

    /// <summary>How many times longer than usual a system behind tools takes, median of its last calls.</summary>
    public const string ToolSlow = "tool_slow";

    /// <summary>Jobs that were given up and wait for a person.</summary>
    public const string DeadLetters = "dead_letters";

    /// <summary>Seconds that the oldest work waits that a worker could begin; workers are scaled by it.</summary>
    public const string ReadyAge = "ready_age_s";

    /// <summary>Seconds that the oldest text waits that should have left.</summary>
    public const string OutboxAge = "outbox_age_s";

    /// <summary>Part of the disk of the database that is used, 0 to 1.</summary>
    public const string DiskUsed = "disk_used";

    /// <summary>Seconds by which the clock jumped, or is behind what is written already.</summary>
    public const string ClockOff = "clock_off_s";

    /// <summary>Faults that were found in the ledger.</summary>
    public const string LedgerFaults = "ledger_faults";

    /// <summary>Forecast for the end of the period as a part of the budget; above 1 it will not do.</summary>
    public const string BudgetForecast = "budget_forecast";

    /// <summary>Tickets that wait in queues which are staffed now and have nobody there.</summary>
    public const string QueueUnstaffed = "queue_unstaffed";
}
