using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Tests.Escalation;

public sealed class QueueTests
{
    private static readonly DateTimeZone Denver = DateTimeZoneProviders.Tzdb["America/Denver"];

    [Theory]
    [InlineData("2026-06-03T09:00", true)]
    [InlineData("2026-06-03T08:59", false)]
    [InlineData("2026-06-03T17:00", false)]
    [InlineData("2026-06-06T12:00", false)]
    public void Is_staffed_in_its_hours(string local, bool staffed) =>
        Assert.Equal(staffed, StaffedHours.IsStaffed(Some.Queue(), At(local)));

    [Fact]
    public void Is_not_staffed_on_a_holiday()
    {
        var queue = Some.Queue() with { Holidays = [new LocalDate(2026, 6, 3)] };

        Assert.False(StaffedHours.IsStaffed(queue, At("2026-06-03T12:00")));
        Assert.Equal(At("2026-06-04T09:00"), StaffedHours.NextStaffed(queue, At("2026-06-03T12:00")));
    }

    [Fact]
    public void Staffed_time_runs_over_the_weekend() =>
        Assert.Equal(At("2026-06-08T10:00"),
            StaffedHours.AddStaffed(Some.Queue(), At("2026-06-05T16:00"), Duration.FromHours(2)));

    [Fact]
    public void Staffed_time_survives_the_change_of_clocks() =>
        // 8 March 2026: clocks go forward in Denver.
        Assert.Equal(At("2026-03-09T10:00"),
            StaffedHours.AddStaffed(Some.Queue(), At("2026-03-06T16:00"), Duration.FromHours(2)));

    [Theory]
    [InlineData("2026-06-03T10:00",
        "A support agent will contact you before 11:00 today, Wednesday 3 June (Denver time, UTC-6).")]
    [InlineData("2026-06-03T10:07",
        "A support agent will contact you before 11:15 today, Wednesday 3 June (Denver time, UTC-6).")]
    [InlineData("2026-06-03T20:00",
        "A support agent will contact you before 10:00 tomorrow, Thursday 4 June (Denver time, UTC-6).")]
    [InlineData("2026-06-05T20:00",
        "A support agent will contact you before 10:00 on Monday 8 June (Denver time, UTC-6).")]
    public void Promises_a_clock_time_from_the_staffed_hours(string now, string promise) =>
        Assert.Equal(promise, Assignment.Of(Some.Playbook(), "l1", At(now), _ => 0).Promise);

    [Fact]
    public void Falls_back_to_a_queue_that_is_staffed()
    {
        var open = Some.Queue("l2") with { Hours = AllDay() };
        var playbook = Some.Playbook() with { Queues = [Some.Queue("l1", fallback: "l2"), open] };

        var assignment = Assignment.Of(playbook, "l1", At("2026-06-06T12:00"), _ => 0);

        Assert.Equal("l2", assignment.Queue.Name);
        Assert.Equal(["l1 is not staffed"], assignment.PassedOver);
    }

    [Fact]
    public void Falls_back_when_a_queue_is_full()
    {
        var playbook = Some.Playbook() with { Queues =
            [Some.Queue("l1", fallback: "l2") with { Capacity = 5 }, Some.Queue("l2")] };

        Assert.Equal("l2", Assignment.Of(
            playbook, "l1", At("2026-06-03T12:00"), name => name == "l1" ? 5 : 0).Queue.Name);
    }

    [Fact]
    public void Stays_in_the_wanted_queue_when_nobody_is_anywhere()
    {
        var playbook = Some.Playbook() with { Queues =
            [Some.Queue("l1", fallback: "l2"), Some.Queue("l2", fallback: "l1")] };

        var assignment = Assignment.Of(playbook, "l1", At("2026-06-06T12:00"), _ => 0);

        Assert.Equal("l1", assignment.Queue.Name);
        Assert.False(assignment.Staffed);
    }

    [Fact]
    public void Targets_come_from_the_first_policy_that_holds()
    {
        var playbook = Some.Playbook() with
        {
            SlaPolicies =
            [
                Policy("vip", "customer.tier == enterprise", Duration.FromMinutes(30), business: false),
                Policy("all", null, Duration.FromHours(4), business: true),
            ],
        };
        var facts = Some.Facts().ToRuleFacts();

        var target = Assert.Single(
            SlaClock.Start(
            SlaClock.PolicyOf(playbook, facts)!, Priority.High, Some.Queue(), At("2026-06-05T16:00")));

        Assert.Equal(("all", "first_reply", At("2026-06-08T12:00")), (target.Policy, target.Metric, target.DueAt));
    }

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, 1)]
    public void Counts_a_target_in_its_own_hours(bool business, double used)
    {
        var playbook = Some.Playbook() with { SlaPolicies = [Policy("all", null, Duration.FromHours(4), business)] };

        Assert.Equal(used, SlaClock.FirstReplyUsed(
            playbook, Some.Facts().ToRuleFacts(), Priority.High, Some.Queue(), At("2026-06-05T16:00"),
            At("2026-06-08T10:00")));
    }

    private static SlaPolicy Policy(string name, string? when, Duration reply, bool business) => new()
    {
        Name = name,
        When = when is null ? null : Some.Condition(when),
        Targets = new Dictionary<Priority, SlaTargets> { [Priority.High] = new(reply, null, business) },
    };

    private static Dictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>> AllDay() =>
        Enumerable.Range(1, 7).ToDictionary(
        day => (IsoDayOfWeek)day, IReadOnlyList<StaffedInterval> (_) =>
            [new StaffedInterval(LocalTime.Midnight, LocalTime.Midnight)]);

    private static Instant At(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value.InZoneLeniently(Denver)
        .ToInstant();
}
