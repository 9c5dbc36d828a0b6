using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Tests.Escalation;

/// <summary>A promise is a day, a time and whose time it is, for customers anywhere, also when clocks change.</summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData("America/Denver", "2026-06-03T15:00:00Z", "9:00 on Wednesday 3 June (Denver time, UTC-6)")]
    [InlineData("America/Denver", "2026-12-03T16:00:00Z", "9:00 on Thursday 3 December (Denver time, UTC-7)")]
    [InlineData("America/New_York", "2026-06-03T15:00:00Z", "11:00 on Wednesday 3 June (New York time, UTC-4)")]
    [InlineData("America/Argentina/Buenos_Aires", "2026-06-03T15:00:00Z",
        "12:00 on Wednesday 3 June (Buenos Aires time, UTC-3)")]
    [InlineData("Asia/Kolkata", "2026-06-03T15:00:00Z", "20:30 on Wednesday 3 June (Kolkata time, UTC+5:30)")]
    [InlineData("Asia/Kathmandu", "2026-06-03T15:00:00Z", "20:45 on Wednesday 3 June (Kathmandu time, UTC+5:45)")]
    [InlineData("Pacific/Auckland", "2026-06-03T15:00:00Z", "3:00 on Thursday 4 June (Auckland time, UTC+12)")]
    [InlineData("Europe/London", "2026-01-07T15:00:00Z", "15:00 on Wednesday 7 January (London time, UTC)")]
    [InlineData("UTC", "2026-06-03T15:00:00Z", "15:00 on Wednesday 3 June (UTC)")]
    [InlineData("Etc/GMT+5", "2026-06-03T15:00:00Z", "10:00 on Wednesday 3 June (UTC-5)")]
    public void Names_the_day_and_the_zone(string zone, string by, string text) =>
        Assert.Equal($"A support agent will contact you before {text}.", Text(zone, by, OutsideHours.Queue));

    [Theory]
    [InlineData("2026-06-03T15:00:01Z", "9:15")]
    [InlineData("2026-06-03T15:14:59Z", "9:15")]
    [InlineData("2026-06-03T15:15:00Z", "9:15")]
    [InlineData("2026-06-04T05:50:00Z", "0:00 on Thursday 4 June")]
    public void Rounds_up_to_a_quarter_of_an_hour(string by, string text) =>
        Assert.Contains($" {text}", Text("America/Denver", by, OutsideHours.Queue), StringComparison.Ordinal);

    /// <summary>Clocks go forward at 2:00 on 29 March and back at 3:00 on 25 October 2026 in Berlin.</summary>
    [Theory]
    [InlineData("2026-03-29T00:50:00Z", "3:00 on Sunday 29 March (Berlin time, UTC+2)")]
    [InlineData("2026-03-29T00:45:00Z", "1:45 on Sunday 29 March (Berlin time, UTC+1)")]
    [InlineData("2026-10-25T00:30:00Z", "2:30 on Sunday 25 October (Berlin time, UTC+2)")]
    [InlineData("2026-10-25T01:30:00Z", "2:30 on Sunday 25 October (Berlin time, UTC+1)")]
    [InlineData("2026-10-25T00:50:00Z", "2:00 on Sunday 25 October (Berlin time, UTC+1)")]
    [InlineData("2026-10-25T01:50:00Z", "3:00 on Sunday 25 October (Berlin time, UTC+1)")]
    public void Names_a_time_that_exists_and_which_one_when_clocks_change(string by, string text) =>
        Assert.Contains($"before {text}.", Text("Europe/Berlin", by, OutsideHours.Queue), StringComparison.Ordinal);

    [Theory]
    [InlineData(OutsideHours.Queue, "contact")]
    [InlineData(OutsideHours.Email, "e-mail")]
    [InlineData(OutsideHours.Callback, "call")]
    public void Says_how_the_customer_is_reached(OutsideHours how, string word) =>
        Assert.StartsWith(
            $"A support agent will {word} you before ", Text("UTC", "2026-06-03T15:00:00Z", how),
            StringComparison.Ordinal);

    private static string Text(string zone, string by, OutsideHours how) =>
        Promises.Text(InstantPattern.General.Parse(by).Value, DateTimeZoneProviders.Tzdb[zone], how);
}
