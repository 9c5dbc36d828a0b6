using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Tests.Escalation;

/// <summary>Targets in staffed hours, whatever the week of the queue looks like.</summary>
public sealed class SlaClockTests
{
    private static readonly DateTimeZone Denver = DateTimeZoneProviders.Tzdb["America/Denver"];

    /// <summary>From Monday 2 November 2026, 9:00 in Denver; clocks went back the day before.</summary>
    [Theory]
    [InlineData(5, 8, 8, "2026-11-02T17:00")]
    [InlineData(5, 8, 72, "2026-11-12T17:00")]
    [InlineData(1, 8, 8, "2026-11-02T17:00")]
    [InlineData(1, 8, 72, "2026-12-28T17:00")]
    [InlineData(1, 1, 9, "2026-12-28T10:00")]
    public void A_short_week_makes_a_target_later_and_never_falls_into_closed_hours(
        int days, int hoursADay, int target, string due)
    {
        var targets = Start(Week(days, hoursADay), Duration.FromHours(1), Duration.FromHours(target));

        Assert.Equal(At(due), targets[1].DueAt);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(5, 8)]
    [InlineData(7, 24)]
    [InlineData(0, 0)]
    public void A_resolution_is_never_due_before_its_first_reply(int days, int hoursADay)
    {
        foreach (var (reply, resolution) in ((int, int)[])[(1, 2), (8, 72), (24, 2_000), (72, 8_784), (8_784, 8_784)])
        {
            var targets = Start(Week(days, hoursADay), Duration.FromHours(reply), Duration.FromHours(resolution));

            Assert.True(
                targets[0].DueAt <= targets[1].DueAt,
                $"{reply} h is due {targets[0].DueAt}, {resolution} h {targets[1].DueAt}");
        }
    }

    [Fact]
    public void A_target_longer_than_a_year_of_staffed_time_is_due_when_somebody_is_there()
    {
        var queue = Week(1, 1);

        var due = Start(queue, Duration.FromHours(1), Duration.FromHours(1_000))[1].DueAt;

        Assert.True(StaffedHours.IsStaffed(queue, due - Duration.FromMinutes(1)));
    }

    [Fact]
    public void A_queue_that_is_never_staffed_counts_in_calendar_time() =>
        Assert.Equal(
            At("2026-11-02T09:00") + Duration.FromHours(72),
            Start(Week(0, 0), Duration.FromHours(1), Duration.FromHours(72))[1].DueAt);

    private static IReadOnlyList<SlaTarget> Start(Queue queue, Duration reply, Duration resolution)
    {
        var policy = new SlaPolicy
        {
            Name = "all",
            Targets = new Dictionary<Priority, SlaTargets> { [Priority.Normal] = new(reply, resolution, true) },
        };
        var playbook = Some.Playbook() with { SlaPolicies = [policy] };
        return SlaClock.Start(
            SlaClock.PolicyOf(playbook, Some.Facts().ToRuleFacts())!, Priority.Normal, queue, At("2026-11-02T09:00"));
    }

    /// <summary>The first days of the week from 9:00; 24 hours are the whole day.</summary>
    private static Queue Week(int days, int hoursADay) => Some.Queue() with
    {
        Hours = Enumerable.Range(1, days).ToDictionary(
            day => (IsoDayOfWeek)day,
            IReadOnlyList<StaffedInterval> (_) =>
                [hoursADay == 24 ? new(LocalTime.Midnight, LocalTime.Midnight)
                    : new(new(9, 0), new(9 + hoursADay, 0))]),
    };

    private static Instant At(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value
            .InZoneLeniently(Denver).ToInstant();
}
