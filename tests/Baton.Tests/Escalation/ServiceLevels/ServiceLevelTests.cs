using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Tests.Escalation.ServiceLevels;

/// <summary>
/// The four clocks through a ticket's life. 2 November 2026 is a Monday; clocks change on 8 March and 1 November in
/// Denver, on 29 March and 25 October in Berlin.
/// </summary>
public sealed class ServiceLevelTests
{
    [Theory]
    [InlineData("office", "11-02T09:00 escalate", "running 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:29 look", "running 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:30 look", "warning 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:59 reply", "met")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:59 reply; 11-02T15:00 look", "met")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T11:00 look", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T11:00 reply", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T11:30 reply", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 sleep; 11-02T09:00 escalate; 11-02T11:30 reply", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 sleep; 11-02T09:00 escalate; 11-02T11:30 look", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T09:30 claim; 11-02T11:00 look", "breached 11-02T11:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 write", "running 11-02T11:00")]
    [InlineData("office", "11-02T07:00 escalate", "running 11-02T11:00")]
    [InlineData("office", "11-02T17:00 escalate", "running 11-03T11:00")]
    [InlineData("office", "11-02T15:00 escalate", "running 11-02T17:00")]
    [InlineData("office", "11-06T16:00 escalate", "running 11-09T10:00")]
    [InlineData("office", "11-07T12:00 escalate; 11-09T09:00 look", "running 11-09T11:00")]
    [InlineData("holidays", "11-25T16:00 escalate", "running 11-30T10:00")]
    [InlineData("holidays", "11-26T12:00 escalate; 11-28T12:00 look", "running 11-30T11:00")]
    [InlineData("split", "11-02T11:00 escalate", "running 11-02T14:00")]
    [InlineData("split", "11-02T12:30 escalate", "running 11-02T15:00")]
    [InlineData("split", "11-06T16:30 escalate", "running 11-09T09:30")]
    [InlineData("never", "11-02T20:00 escalate", "running 11-02T22:00")]
    [InlineData("office", "03-06T16:00 escalate", "running 03-09T10:00")]
    [InlineData("office", "10-30T16:00 escalate", "running 11-02T10:00")]
    [InlineData("always", "03-08T01:30 escalate", "running 03-08T04:30")]
    [InlineData("always", "11-01T00:30 escalate", "running 11-01T01:30")]
    [InlineData("berlin-night", "03-29T00:30 escalate", "running 03-29T04:00")]
    [InlineData("berlin-night", "10-25T00:30 escalate", "running 10-25T02:00")]
    [InlineData("berlin-night", "03-29T04:00 escalate", "running 03-30T02:00")]
    [InlineData("berlin-night", "10-24T04:30 escalate", "running 10-25T02:30")]
    [InlineData("berlin-gap", "03-29T00:00 escalate", "running 03-29T04:00")]
    [InlineData("berlin-gap", "03-29T03:45 escalate", "running 03-30T01:45")]
    [InlineData("berlin-gap", "10-25T00:00 escalate", "running 10-25T03:30")]
    public void Counts_two_staffed_hours_to_the_first_reply(string week, string steps, string clock) =>
        Assert.Equal(clock, new ServiceLevelStory(week, "first_reply=2h business").Tell(steps).Clock("first_reply"));

    [Theory]
    [InlineData("11-06T16:00 escalate", "running 11-06T18:00")]
    [InlineData("11-06T16:00 escalate; 11-06T18:00 look", "breached 11-06T18:00")]
    [InlineData("03-08T01:30 escalate", "running 03-08T04:30")]
    [InlineData("11-01T00:30 escalate", "running 11-01T01:30")]
    [InlineData("11-26T12:00 escalate", "running 11-26T14:00")]
    public void Counts_two_calendar_hours_to_the_first_reply(string steps, string clock) =>
        Assert.Equal(
            clock, new ServiceLevelStory("holidays", "first_reply=2h calendar").Tell(steps).Clock("first_reply"));

    [Theory]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply", "paused 1:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-03T12:00 look", "paused 1:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 reply", "paused 1:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T12:00 auto", "paused 1:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T13:00 write", "running 11-02T16:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T16:30 write", "running 11-03T11:30")]
    [InlineData("office", "11-06T09:00 escalate; 11-06T10:00 reply; 11-07T12:00 write", "running 11-09T12:00")]
    [InlineData("office",
        "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 write; 11-02T12:00 reply", "paused 2:00")]
    [InlineData("office",
        "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 write; 11-02T12:00 reply; 11-02T14:00 write",
        "running 11-02T16:00")]
    [InlineData("office",
        "11-02T09:00 escalate; 11-02T12:30 reply; 11-02T14:00 write; 11-02T14:29 look", "running 11-02T14:30")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 write", "running 11-02T13:00")]
    [InlineData("office", "11-02T16:00 escalate; 11-02T20:00 reply", "paused 1:00")]
    [InlineData("office", "11-02T18:00 escalate; 11-02T20:00 reply; 11-02T22:00 write", "running 11-03T13:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T13:00 look", "breached 11-02T13:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T14:00 reply", "breached 11-02T13:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T14:00 reply; 11-02T15:00 write", "breached 11-02T13:00")]
    [InlineData("office", "11-02T09:00 sleep; 11-02T09:00 escalate; 11-02T14:00 reply", "breached 11-02T13:00")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 claim; 11-02T12:00 close", "met")]
    [InlineData("office", "11-02T09:00 escalate; 11-02T12:00 claim; 11-02T12:30 close", "met")]
    [InlineData("office",
        "11-02T09:00 sleep; 11-02T09:00 escalate; 11-02T12:00 claim; 11-02T15:00 close", "breached 11-02T13:00")]
    [InlineData("holidays", "11-25T16:00 escalate; 11-26T12:00 reply; 11-27T12:00 write", "running 11-30T12:00")]
    [InlineData("split", "11-02T11:00 escalate; 11-02T12:30 reply", "paused 1:00")]
    [InlineData("split", "11-02T11:00 escalate; 11-02T14:00 reply; 11-02T16:00 write", "running 11-03T09:00")]
    [InlineData("always", "11-01T00:30 escalate; 11-01T02:30 reply", "paused 3:00")]
    [InlineData("always", "03-08T00:30 escalate; 03-08T03:30 reply; 03-08T05:00 write", "running 03-08T07:00")]
    [InlineData("berlin-night", "10-25T00:00 escalate; 10-25T03:00 reply", "paused 3:00")]
    [InlineData("berlin-night", "03-29T00:00 escalate; 03-29T04:00 reply", "paused 2:00")]
    public void Counts_the_requesters_wait_only_while_the_customer_waits_for_us(
        string week, string steps, string clock) =>
        Assert.Equal(
            clock, new ServiceLevelStory(week, "requester_wait=4h business").Tell(steps).Clock("requester_wait"));

    [Theory]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 write", "idle")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write", "running 11-02T12:00")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write; 11-02T11:40 write", "running 11-02T12:00")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write; 11-02T11:59 reply", "met")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write; 11-02T12:05 reply", "breached 11-02T12:00")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write; 11-02T12:05 reply; 11-02T13:00 write",
        "running 11-02T14:00 after 1 breached")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T16:45 write", "running 11-03T09:45")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 auto", "idle")]
    [InlineData("11-02T09:00 escalate; 11-02T09:30 reply; 11-02T11:00 write; 11-02T11:10 claim; 11-02T11:20 close",
        "stopped")]
    public void Starts_the_next_reply_with_the_oldest_message_that_nobody_has_answered(string steps, string clock) =>
        Assert.Equal(
            clock,
            new ServiceLevelStory("office", "first_reply=1h next_reply=1h business").Tell(steps).Clock("next_reply"));

    [Theory]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 reply; 11-02T14:59 look", "running 11-02T17:00")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 reply; 11-02T15:00 look", "warning 11-02T17:00")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T16:59 close", "met")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T18:00 close", "breached 11-02T17:00")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T11:00 close; 11-03T09:00 write; 11-03T09:00 escalate",
        "running 11-03T17:00")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T18:00 close; 11-03T09:00 write; 11-03T09:00 escalate",
        "running 11-03T17:00 after 1 breached")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T18:00 close; 11-03T09:00 write; "
        + "11-03T09:00 escalate; 11-03T09:10 claim; 11-03T09:20 close", "met after 1 breached")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T11:00 unlock; 11-03T17:00 look", "stopped")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 solved; 11-03T17:00 look", "met")]
    public void Counts_the_resolution_through_pauses_and_anew_after_a_reopening(string steps, string clock) =>
        Assert.Equal(
            clock, new ServiceLevelStory("office", "resolution=8h business").Tell(steps).Clock("resolution"));

    [Theory]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T10:30 close")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 solved")]
    [InlineData("11-02T09:00 escalate; 11-02T10:00 claim; 11-02T10:30 unlock")]
    public void A_first_reply_that_nobody_owes_any_more_is_neither_met_nor_breached(string steps) =>
        Assert.Equal("stopped", new ServiceLevelStory("office", "first_reply=2h resolution=8h business")
            .Tell(steps + "; 11-04T12:00 look").Clock("first_reply"));

    [Theory]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T10:00 raise:high", "running 11-02T10:30")]
    [InlineData("resolution", "11-02T09:00 escalate; 11-02T11:00 raise:high", "running 11-02T13:00")]
    [InlineData("resolution", "11-02T09:00 escalate; 11-02T14:00 raise:high; 11-02T14:00 look", "breached 11-02T14:00")]
    [InlineData("resolution", "11-02T09:00 escalate; 11-02T17:00 look; 11-02T18:00 raise:high", "breached 11-02T17:00")]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T10:00 targets:first_reply=4h business; 11-02T10:10 look",
        "running 11-02T11:00")]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T10:00 targets:first_reply=4h business; 11-02T10:10 claim",
        "running 11-02T13:00")]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T09:10 targets:first_reply=0.5h business; 11-02T10:10 claim",
        "breached 11-02T10:10")]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T09:30 targets:resolution=8h business; 11-02T10:10 claim",
        "stopped")]
    [InlineData("first_reply", "11-02T09:00 escalate; 11-02T09:30 nopolicy; 11-02T10:10 claim", "running 11-02T11:00")]
    [InlineData("first_reply",
        "11-02T09:00 escalate; 11-02T11:30 targets:first_reply=8h business; 11-02T12:00 claim", "breached 11-02T11:00")]
    [InlineData("resolution", "11-02T09:00 escalate; 11-02T11:00 reroute:late", "running 11-02T18:00")]
    [InlineData("resolution", "11-02T09:00 escalate; 11-02T13:00 reroute:late", "running 11-02T17:00")]
    [InlineData("resolution",
        "11-06T16:00 escalate; 11-06T18:00 targets:resolution=8h calendar; 11-06T18:00 claim", "running 11-07T01:00")]
    [InlineData("requester_wait", "11-02T09:00 escalate; 11-02T10:00 reply; "
        + "11-02T10:30 targets:requester_wait=8h business; 11-02T11:00 claim; 11-02T13:00 write", "running 11-03T12:00")]
    [InlineData("requester_wait", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 raise:high; 11-02T12:00 write",
        "running 11-02T13:00")]
    [InlineData("requester_wait", "11-02T09:00 escalate; 11-02T10:00 reply; 11-02T11:00 reroute:late; 11-02T18:30 write",
        "running 11-03T13:30")]
    public void Follows_priority_queue_and_playbook_while_it_runs(string metric, string steps, string clock)
    {
        const string targets = "first_reply=2h requester_wait=4h resolution=8h business"
            + " | first_reply=1.5h requester_wait=2h resolution=4h business";

        Assert.Equal(clock, new ServiceLevelStory("office", targets).Tell(steps).Clock(metric));
    }

    [Theory]
    [InlineData("11-02T09:00 act:priority:high; 11-02T09:00 escalate; 11-02T10:00 look", Priority.High, "l1")]
    [InlineData("11-02T09:00 act:priority:normal; 11-02T09:00 escalate; 11-02T10:00 look", Priority.Normal, "l1")]
    [InlineData("11-02T09:00 act:queue:late; 11-02T09:00 escalate; 11-02T10:00 look", Priority.Normal, "late")]
    [InlineData("11-02T09:00 act:queue:late; 11-02T09:00 escalate; 11-02T09:10 claim; 11-02T10:00 look",
        Priority.Normal, "l1")]
    [InlineData("11-02T09:00 act:queue:gone; 11-02T09:00 escalate; 11-02T10:00 look", Priority.Normal, "l1")]
    [InlineData("11-02T09:00 sleep; 11-02T09:00 act:priority:high; 11-02T09:00 escalate; 11-02T10:30 reply",
        Priority.Normal, "l1")]
    public void A_breach_raises_and_moves_what_nobody_has_taken_or_done(string steps, Priority priority, string queue)
    {
        var story = new ServiceLevelStory("office", "first_reply=1h business").Tell(steps);

        Assert.Equal((priority, queue), (story.State.Priority!.Value, story.State.Queue!));
        Assert.Single(story.Facts.OfType<ConversationEvent.SlaBreached>());
    }

    [Fact]
    public void A_raised_priority_brings_its_shorter_targets_with_it() =>
        Assert.Equal("running 11-02T13:00", new ServiceLevelStory(
            "office", "first_reply=1h resolution=8h business | first_reply=1h resolution=4h business")
            .Tell("11-02T09:00 act:priority:high; 11-02T09:00 escalate; 11-02T10:00 look").Clock("resolution"));

    [Fact]
    public void Warns_once_however_often_the_clock_pauses()
    {
        var story = new ServiceLevelStory("office", "requester_wait=4h business").Tell(
            "11-02T09:00 escalate; 11-02T12:10 reply; 11-02T13:00 write; 11-02T13:10 reply; 11-02T14:00 write; "
            + "11-02T14:35 look");

        Assert.Single(story.Facts.OfType<ConversationEvent.SlaWarned>());
    }

    [Fact]
    public void An_older_ledger_without_lengths_keeps_its_ends()
    {
        var at = new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
        var state = new Conversation { Id = "T-1", Status = ConversationStatus.Escalated }
            .Apply(new ConversationEvent.SlaStarted("all", "resolution", at.AddHours(8)), at)
            .Apply(new ConversationEvent.AgentReplied("m", "ann", "hi"), at.AddHours(1));

        Assert.Equal(at.AddHours(8), Assert.Single(state.Clocks.Running).DueAt);
    }
}
