using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Baton.People;

/// <summary>
/// What somebody says of an absence, as text: the same in the console, over the API and on the command line.
/// </summary>
/// <param name="From">Local time in the person's zone, or a time with its offset; empty: now.</param>
/// <param name="Until">The same; when the person is back.</param>
/// <param name="StandIn">Id or e-mail of who stands in; empty: the queue.</param>
internal sealed record AbsenceWords(string? From, string? Until, string? StandIn)
{
    /// <summary>As browsers write <c>datetime-local</c>.</summary>
    private static readonly LocalDateTimePattern Local =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Longest absence.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>The absence, or what is wrong with which value.</summary>
    /// <param name="find">Finds a person by id or e-mail.</param>
    public (OutOfOffice? Absence, string? Problem) Read(Person person, DateTimeOffset now, Func<string, Person?> find)
    {
        var zone = Zone(person);
        if (At(Until, zone) is not { } until)
            return (null, $"until is '{Until}': write the day and time of being back, such as 2026-12-24T09:00.");
        var from = At(From, zone);
        if (from is null && !string.IsNullOrWhiteSpace(From))
            return (null, $"from is '{From}': write a day and time such as 2026-12-20T18:00, or leave it empty for now.");
        if (until <= now) return (null, $"until is '{Until}': that is over, write a later time.");
        if (until - now > Longest)
            return (null, $"until is '{Until}': at most {Longest.Days.ToString(CultureInfo.InvariantCulture)} days ahead.");
        if (from >= until) return (null, $"from is '{From}', until is '{Until}': the end must come after the beginning.");
        if (string.IsNullOrWhiteSpace(StandIn)) return (new OutOfOffice(until, null) { From = from }, null);
        return find(StandIn.Trim()) is { DisabledAt: null, Role: not PersonRole.Viewer, Id: var id }
            ? (new OutOfOffice(until, id) { From = from }, null)
            : (null, $"stand-in is '{StandIn}': name somebody of the team who works on tickets.");
    }

    /// <summary>A time as it is said in the person's zone.</summary>
    public static string Text(DateTimeOffset at, Person person) =>
        Local.Format(Instant.FromDateTimeOffset(at).InZone(Zone(person)).LocalDateTime);

    private static DateTimeZone Zone(Person person) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(person.TimeZone) ?? DateTimeZone.Utc;

    private static DateTimeOffset? At(string? text, DateTimeZone zone) =>
        Local.Parse(text?.Trim() ?? "") is { Success: true, Value: var local }
            ? local.InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime()
        : OffsetDateTimePattern.Rfc3339.Parse(text?.Trim() ?? "") is { Success: true, Value: var given }
            ? given.ToDateTimeOffset().ToUniversalTime() : null;
}
