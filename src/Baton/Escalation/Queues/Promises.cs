using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Escalation.Queues;

/// <summary>Promises with day, time and zone: "… before 9:00 on Monday 8 June (Denver time, UTC-6)."</summary>
public static class Promises
{
    /// <summary>Promised times are rounded up to this.</summary>
    private static readonly Duration Step = Duration.FromMinutes(15);

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM");
    private static readonly OffsetPattern Hours = OffsetPattern.CreateWithInvariantCulture("+H");
    private static readonly OffsetPattern HoursAndMinutes = OffsetPattern.CreateWithInvariantCulture("+H:mm");

    /// <summary>The sentence for the customer; the time is stated in <paramref name="zone"/>.</summary>
    /// <param name="now">When it is said: what is near has <c>today</c> or <c>tomorrow</c> before its date.</param>
    public static string Text(Instant by, DateTimeZone zone, OutsideHours how, Instant? now = null)
    {
        var contact = how switch
        {
            OutsideHours.Callback => "A support agent will call you",
            OutsideHours.Email => "A support agent will e-mail you",
            _ => "A support agent will contact you",
        };
        return $"{contact} before {When(by, zone, now)}.";
    }

    /// <summary>
    /// Day, clock time, and whose clock it is: a customer elsewhere may have another day already, and on the night when
    /// clocks go back an hour is there twice.
    /// </summary>
    private static string When(Instant by, DateTimeZone zone, Instant? now)
    {
        var local = Rounded(by, zone).InZone(zone);
        var day = now is { } said ? (local.Date - said.InZone(zone).Date).Days : int.MaxValue;
        var near = day switch { 0 => "today,", 1 => "tomorrow,", _ => "on" };
        return $"{Time.Format(local.TimeOfDay)} {near} {Date.Format(local.Date)} ({Clock(local)})";
    }

    // Minutes are added to the moment, not to the clock: the clock may skip the hour that the time is rounded up to.
    internal static Instant Rounded(Instant by, DateTimeZone zone)
    {
        var past = by.InZone(zone).LocalDateTime.TimeOfDay.TickOfDay % Step.BclCompatibleTicks;
        return past == 0 ? by : by + Step - Duration.FromTicks(past);
    }

    /// <summary><c>Denver time, UTC-6</c>; zones without a town have only the second part.</summary>
    private static string Clock(ZonedDateTime at)
    {
        var shift = at.Offset.Seconds % NodaConstants.SecondsPerHour == 0 ? Hours : HoursAndMinutes;
        var offset = at.Offset == Offset.Zero ? "UTC" : "UTC" + shift.Format(at.Offset);
        var id = at.Zone.Id;
        var isTown = id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal);
        return isTown ? $"{id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ')} time, {offset}" : offset;
    }
}
