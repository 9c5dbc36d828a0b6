using System.Globalization;
using Baton.People;
using NodaTime;
using NodaTime.Text;

namespace Baton.Server.Pages.Inboxes.Absences;

/// <summary>When somebody is out of office, as the form sends it: local times in the person's zone.</summary>
internal sealed class AbsenceForm
{
    /// <summary>As browsers write <c>datetime-local</c>.</summary>
    private static readonly LocalDateTimePattern Local =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Longest absence.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public string? From { get; set; }

    public string? Until { get; set; }

    /// <summary>Id of the person who stands in; empty: the queue.</summary>
    public string? StandIn { get; set; }

    public string? Action { get; set; }

    public string? Back { get; set; }

    /// <summary>The absence, null for none, or what is wrong.</summary>
    public (OutOfOffice? Absence, string? Problem) Read(Person person, DateTimeOffset now)
    {
        if (Action == "end") return (null, null);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(person.TimeZone) ?? DateTimeZone.Utc;
        if (At(Until, zone) is not { } until)
            return (null, $"until is '{Until}': write the day and time when you are back, such as 2026-12-24T09:00.");
        var from = At(From, zone);
        if (from is null && !string.IsNullOrWhiteSpace(From))
            return (null, $"from is '{From}': write a day and time such as 2026-12-20T18:00, or leave it empty for now.");
        if (until <= now) return (null, $"until is '{Until}': that is over, write a later time.");
        if (until - now > Longest)
            return (null, $"until is '{Until}': at most {Longest.Days.ToString(CultureInfo.InvariantCulture)} days ahead.");
        if (from >= until) return (null, $"from is '{From}', until is '{Until}': the end must come after the beginning.");
        return (new OutOfOffice(until, string.IsNullOrWhiteSpace(StandIn) ? null : StandIn) { From = from }, null);
    }

    /// <summary>A time as the form shows it.</summary>
    public static string Text(DateTimeOffset at, Person person) => Local.Format(Instant.FromDateTimeOffset(at)
        .InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(person.TimeZone) ?? DateTimeZone.Utc).LocalDateTime);

    private static DateTimeOffset? At(string? text, DateTimeZone zone) =>
        Local.Parse(text?.Trim() ?? "") is { Success: true, Value: var local }
            ? local.InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime() : null;
}
