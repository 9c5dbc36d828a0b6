namespace Baton.Playbooks.Alerts;

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>In the morning.</summary>
    Notice,

    /// <summary>Today.</summary>
    Warning,

    /// <summary>Now, also at night.</summary>
    Critical,
}

/// <summary>How a series is judged.</summary>
public enum AlertKind
{
    /// <summary>A count against the same hour of other weeks.</summary>
    Rise,

    /// <summary>A share of another count against what is usual.</summary>
    ShareRise,

    /// <summary>A mean of amounts for each of another count against what is usual.</summary>
    MeanRise,

    /// <summary>The count of a time against a fixed one.</summary>
    Count,

    /// <summary>What was seen last against a fixed one.</summary>
    Level,

    /// <summary>The 95th percentile of latencies against a fixed one.</summary>
    Percentile,
}

/// <summary>Something that people are told of.</summary>
/// <param name="Name">As in <c>alerts.yaml</c>.</param>
/// <param name="Title">In a few words, for people.</param>
/// <param name="Series">What is looked at.</param>
public sealed record AlertRule(string Name, string Title, AlertKind Kind, string Series)
{
    /// <summary>What it is a share of, or a mean for each of; null for counts and levels.</summary>
    public string? Among { get; init; }

    /// <summary>
    /// Multiple of what is usual for <see cref="AlertKind.Rise"/>, <see cref="AlertKind.ShareRise"/> and
    /// <see cref="AlertKind.MeanRise"/>; else the fixed level in the unit of the series.
    /// </summary>
    public required double Above { get; init; }

    /// <summary>The time that is looked at.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>Below this many nothing is said: of the count itself, or of what it is a share of.</summary>
    public int Least { get; init; } = 1;

    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    public bool Enabled { get; init; } = true;

    /// <summary>Unit of the level, for people: <c>s</c>, <c>ms</c>, or empty.</summary>
    public string Unit { get; init; } = "";
}
