namespace Baton.Playbooks.Alerts;

/// <summary>When nobody is told, because somebody works on it.</summary>
/// <param name="Cron">When it begins again and again, five fields; null: once.</param>
/// <param name="From">When it begins, where it is once.</param>
/// <param name="For">How long it lasts.</param>
/// <param name="Zone">IANA zone of the cron line.</param>
public sealed record MaintenanceWindow(string? Cron, DateTimeOffset? From, TimeSpan For, string Zone, string Why);

/// <summary>What <c>alerts.yaml</c> says, over the defaults of <see cref="AlertCatalog"/>.</summary>
public sealed record AlertPolicy
{
    /// <summary>Every alert with the settings in force.</summary>
    public IReadOnlyList<AlertRule> Rules { get; init; } = AlertCatalog.All;

    /// <summary>Channels that are told, by name; none: the one that carries notices.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Between two messages, however many alerts are raised. Default 5 minutes.</summary>
    public TimeSpan GroupEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An alert that comes again within this after it was told is raised and not told. Default 1
    /// hour.</summary>
    public TimeSpan NotAgainFor { get; init; } = TimeSpan.FromHours(1);

    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>When people are told what happened; null: never.</summary>
    public DigestPolicy? Digest { get; init; }
}
