using Baton.Playbooks;
using NodaTime;

namespace Baton.Tests.Escalation.ServiceLevels;

/// <summary>Weeks that queues are staffed in, by name.</summary>
internal static class Weeks
{
    /// <summary>Denver unless the name says Berlin.</summary>
    public static Queue Queue(string name, string week) => Some.Queue(name) with
    {
        TimeZone = DateTimeZoneProviders.Tzdb[
            week.StartsWith("berlin", StringComparison.Ordinal) ? "Europe/Berlin" : "America/Denver"],
        Hours = week switch
        {
            "office" or "holidays" => Days(1, 5, (9, 0, 17, 0)),
            "late" => Days(1, 5, (12, 0, 20, 0)),
            "split" => Days(1, 5, (8, 0, 12, 0), (13, 0, 17, 0)),
            "always" => Days(1, 7, (0, 0, 0, 0)),
            "berlin-night" => Days(1, 7, (1, 0, 5, 0)),
            "berlin-gap" => Days(1, 7, (1, 0, 2, 30), (3, 0, 5, 0)),
            "never" => [],
            _ => throw new ArgumentException(week),
        },
        // Thanksgiving and the day after it.
        Holidays = week == "holidays" ? [new LocalDate(2026, 11, 26), new LocalDate(2026, 11, 27)] : [],
    };

    private static Dictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>> Days(
        int first, int last, params (int FromHour, int FromMinute, int ToHour, int ToMinute)[] shifts) =>
        Enumerable.Range(first, last - first + 1).ToDictionary(
            day => (IsoDayOfWeek)day,
            IReadOnlyList<StaffedInterval> (_) =>
            [
                .. shifts.Select(s => new StaffedInterval(
                    new LocalTime(s.FromHour, s.FromMinute), new LocalTime(s.ToHour, s.ToMinute))),
            ]);
}
