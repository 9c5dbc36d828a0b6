namespace Baton.Playbooks.Loading.Source;

/// <summary>
/// Durations as playbooks write them: a whole number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.
/// </summary>
internal static class Durations
{
    private const int MostDigits = 9;

    /// <summary>The duration, or null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > MostDigits) return null;
        var number = int.Parse(text[..digits]);
        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" when number <= 100_000 => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    /// <summary>The shortest way to write it.</summary>
    public static string Text(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        if (duration.Ticks % TimeSpan.TicksPerDay == 0) return $"{duration.TotalDays}d";
        if (duration.Ticks % TimeSpan.TicksPerHour == 0) return $"{duration.TotalHours}h";
        if (duration.Ticks % TimeSpan.TicksPerMinute == 0) return $"{duration.TotalMinutes}m";
        return duration.Ticks % TimeSpan.TicksPerSecond == 0
            ? $"{duration.TotalSeconds}s"
            : $"{duration.TotalMilliseconds}ms";
    }
}
