using Baton.People.Inboxes;

namespace Baton.Tests.People.Inboxes;

public sealed class InboxClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, false, ClockLevel.None, "no target")]
    [InlineData(null, null, true, ClockLevel.None, "waits for the customer")]
    [InlineData(0, null, false, ClockLevel.Late, "late by less than a minute")]
    [InlineData(-125, null, false, ClockLevel.Late, "late by 2 h 5 min")]
    [InlineData(-1440, null, true, ClockLevel.Late, "late by 1 day")]
    [InlineData(15, null, false, ClockLevel.Soon, "due in 15 min")]
    [InlineData(16, null, false, ClockLevel.Calm, "due in 16 min")]
    [InlineData(60, 0, false, ClockLevel.Soon, "due in 1 h")]
    [InlineData(60, 1, false, ClockLevel.Calm, "due in 1 h")]
    [InlineData(3060, 2000, false, ClockLevel.Calm, "due in 2 days 3 h")]
    public void Says_in_words_and_by_level_how_pressing_a_ticket_is(
        int? owedIn, int? warnsIn, bool awaitsCustomer, ClockLevel level, string words) =>
        Assert.Equal(new InboxClock(level, words), InboxClock.Of(In(owedIn), In(warnsIn), awaitsCustomer, Now));

    private static DateTimeOffset? In(int? minutes) => minutes is { } some ? Now.AddMinutes(some) : null;
}
