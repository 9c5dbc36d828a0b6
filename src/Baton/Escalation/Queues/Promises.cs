using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Escalation.Queues;

/// <summary>Promises with a clock time: "A support agent will contact you before 9:00 tomorrow."</summary>
public static class Promises
{
    /// <summary>Promised times are rounded up to this.</summary>
    private const int RoundToMinutes = 15;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM");

    /// <summary>The sentence for the customer; the time is stated in <paramref name="zone"/>.</summary>
    public static string Text(Instant by, Instant now, DateTimeZone zone, OutsideHours how)
    {
        var contact = how switch
        {
            OutsideHours.Callback => "A support agent will call you",
            OutsideHours.Email => "A support agent will e-mail you",
            _ => "A support agent will contact you",
        };
        return $"{contact} before {When(Rounded(by, zone), now.InZone(zone).Date)}.";
    }

    private static LocalDateTime Rounded(Instant by, DateTimeZone zone)
    {
        var local = by.InZone(zone).LocalDateTime;
        var minutes = local.TimeOfDay.Minute + (local.TimeOfDay.TickOfSecond > 0 || local.Second > 0 ? 1 : 0);
        var up = (minutes + RoundToMinutes - 1) / RoundToMinutes * RoundToMinutes;
        return local.Date.At(new LocalTime(local.Hour, 0)).PlusMinutes(up);
    }

    private static string When(LocalDateTime by, LocalDate today)
    {
        var time = Time.Format(by.TimeOfDay);
        var days = Period.DaysBetween(today, by.Date);
        return days switch
        {
            <= 0 => $"{time} today",
            1 => $"{time} tomorrow",
            _ => $"{time} on {Date.Format(by.Date)}",
        };
    }
}
