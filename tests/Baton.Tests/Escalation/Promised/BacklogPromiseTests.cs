using Baton.Escalation.Queues;
using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Tests.Escalation.Promised;

/// <summary>A promise is true: made of schedule, people and backlog, and later rather than sooner.</summary>
public sealed class BacklogPromiseTests
{
    private static readonly DateTimeZone Denver = DateTimeZoneProviders.Tzdb["America/Denver"];

    /// <summary>
    /// Ten minutes a ticket, half as much again: 15 minutes for each before it, shared by those who are there.
    /// </summary>
    [Theory]
    [InlineData(0, 1.0, "11:00 today")]
    [InlineData(3, 1.0, "11:00 today")]
    [InlineData(7, 1.0, "12:00 today")]
    [InlineData(7, 2.0, "11:00 today")]
    [InlineData(39, 1.0, "12:00 tomorrow")]
    [InlineData(39, 4.0, "12:30 today")]
    [InlineData(3, 0.5, "12:00 today")]
    [InlineData(200, 1.0, "12:15 on Thursday 11 June")]
    public void Reckons_with_the_backlog_and_those_who_are_there(int open, double hands, string promise) =>
        Assert.Contains($"before {promise}", Assign(open, hands).Promise, StringComparison.Ordinal);

    [Theory]
    [InlineData(99, "11:00 today")]
    [InlineData(100, "12:00 today")]
    [InlineData(250, "13:00 today")]
    public void Without_a_roster_a_full_queue_takes_as_much_longer_as_it_is_full(int open, string promise) =>
        Assert.Contains($"before {promise}", Assign(open, null).Promise, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-06-03T10:07")]
    [InlineData("2026-06-03T16:59")]
    [InlineData("2026-06-05T23:30")]
    [InlineData("2026-03-07T12:00")]
    [InlineData("2026-10-31T12:00")]
    public void Is_kept_or_broken_at_the_time_that_was_said(string now)
    {
        var assignment = Assign(5, 1, now);

        var said = assignment.PromisedBy.InZone(Denver);
        Assert.Equal(0, said.Minute % 15);
        Assert.Contains($"before {said.TimeOfDay.ToString("H:mm", null)} ", assignment.Promise,
            StringComparison.Ordinal);
        Assert.True(assignment.PromisedBy > At(now));
    }

    [Fact]
    public void Passes_over_a_queue_of_which_nobody_is_there()
    {
        var playbook = Some.Playbook() with { Queues = [Some.Queue("l1", fallback: "l2"), Some.Queue("l2")] };

        var assignment = Assignment.Of(
            playbook, "l1", At("2026-06-03T10:00"), name => new QueueLoad(0) { SomebodyThere = name == "l2" }, true);

        Assert.Equal("l2", assignment.Queue.Name);
        Assert.Equal(["nobody of l1 is there"], assignment.PassedOver);
    }

    [Theory]
    [InlineData("2026-06-03T20:00", "night")]
    [InlineData("2026-06-03T10:00", "l1")]
    public void Gives_what_arrives_after_hours_to_the_queue_for_that(string now, string queue)
    {
        var playbook = Some.Playbook() with
        {
            Queues = [Some.Queue("l1") with { AfterHours = "night", Capacity = 1 }, Some.Queue("night")],
        };

        Assert.Equal(queue, Assignment.Of(playbook, "l1", At(now), _ => 5).Queue.Name);
    }

    [Fact]
    public void Leaves_nothing_in_a_queue_that_is_never_staffed()
    {
        var playbook = Some.Playbook() with
        {
            Queues = [Some.Queue("l1") with { Hours = new Dictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>>() },
                Some.Queue("l2")],
        };

        Assert.Equal("l2", Assignment.Of(playbook, "l1", At("2026-06-03T20:00"), _ => 0).Queue.Name);
    }

    [Theory]
    [InlineData(true, "A support agent will call you before 10:00 tomorrow")]
    [InlineData(false, "A support agent will contact you before 10:00 tomorrow")]
    public void Promises_a_call_only_where_a_number_is_known(bool canCall, string promise)
    {
        var playbook = Some.Playbook() with
        {
            Queues = [Some.Queue("l1") with { OutsideHours = OutsideHours.Callback }],
        };

        Assert.StartsWith(promise, Assignment.Of(
            playbook, "l1", At("2026-06-03T20:00"), _ => new QueueLoad(0), canCall).Promise, StringComparison.Ordinal);
    }

    private static Assignment Assign(int open, double? hands, string now = "2026-06-03T10:00") => Assignment.Of(
        Some.Playbook() with { Queues = [Some.Queue("l1") with { Capacity = hands is null ? 100 : 1_000 }] }, "l1",
        At(now), _ => new QueueLoad(open) { Hands = hands }, canCall: true);

    private static Instant At(string local) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")
        .Parse(local).Value.InZoneLeniently(Denver).ToInstant();
}
