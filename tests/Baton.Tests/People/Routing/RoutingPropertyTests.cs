namespace Baton.Tests.People.Routing;

/// <summary>Random teams, schedules and arrivals over a week: what holds for all of them.</summary>
public sealed class RoutingPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Every_ticket_has_a_place_and_every_rule_holds(int seed)
    {
        await using var week = new RandomWeek(seed);
        await week.HireAsync();
        for (var step = 0; step < 150; step++)
        {
            await week.StepAsync(arrivals: step < 100, everybodyThere: step >= 100);
            Assert.Empty(week.Problems());
        }
        await week.DrainAsync();

        Assert.Empty(week.Problems());
        Assert.Empty(week.LeftBehind());
    }
}
