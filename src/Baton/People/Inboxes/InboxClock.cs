namespace Baton.People.Inboxes;

/// <summary>How pressing a ticket is.</summary>
public enum ClockLevel
{
    /// <summary>Nothing runs.</summary>
    None,

    Calm,

    /// <summary>The warning share of its target is used up, or little time is left.</summary>
    Soon,

    Late,
}

/// <summary>What the clock of a ticket says, in words and as a level for the colour.</summary>
public sealed record InboxClock(ClockLevel Level, string Words)
{
    /// <summary>Pressing where no clock warns: a promise has none.</summary>
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(15);

    /// <param name="owedAt">When it is, or was, due; null: nothing is.</param>
    /// <param name="warnAt">From when on it is pressing; null: nobody is warned.</param>
    public static InboxClock Of(DateTimeOffset? owedAt, DateTimeOffset? warnAt, bool awaitsCustomer, DateTimeOffset now)
    {
        if (owedAt is not { } at)
            return new(ClockLevel.None, awaitsCustomer ? "waits for the customer" : "no target");
        if (at <= now) return new(ClockLevel.Late, "late by " + Length(now - at));
        var soon = warnAt <= now || at - now <= Close;
        return new(soon ? ClockLevel.Soon : ClockLevel.Calm, "due in " + Length(at - now));
    }

    /// <summary>Two units at most, rounded down: <c>3 h 20 min</c>.</summary>
    private static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{time.Minutes} min",
        { TotalDays: < 1, Minutes: 0 } => $"{time.Hours} h",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes} min",
        { Hours: 0 } => Days(time),
        _ => $"{Days(time)} {time.Hours} h",
    };

    private static string Days(TimeSpan time) => time.Days == 1 ? "1 day" : $"{time.Days} days";
}
