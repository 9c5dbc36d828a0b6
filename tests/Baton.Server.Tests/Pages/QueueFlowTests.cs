using Baton.Insights;
using Baton.Insights.Board;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Pages.Figures.Charts;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>What comes to a queue by hour, against what its people can take.</summary>
public sealed class QueueFlowTests(ServerFixture server)
{
    private Playbook Playbook => server.Services.GetRequiredService<PlaybookHost>().Current;

    [Fact]
    public void Counts_people_by_their_share_in_staffed_hours()
    {
        var queue = Playbook.Queues.First(q => q.Hours.Count > 0);
        var half = Person("p_b", queue.Name, "another");

        var one = Flow(queue.Name, Person("p_a", queue.Name));
        var more = Flow(queue.Name, Person("p_a", queue.Name), half,
            half with { DisabledAt = DateTimeOffset.UnixEpoch });

        Assert.True(one.CapacityADay > 0);
        Assert.Equal(1.5 * one.CapacityADay, more.CapacityADay, 6);
        Assert.Contains(0, one.Capacity);
    }

    [Fact]
    public void Names_the_hours_in_which_more_comes_than_can_be_taken()
    {
        var queue = Playbook.Queues.First(q => q.Hours.Count > 0);
        var quiet = Flow(queue.Name, Person("p_a", queue.Name));
        var hour = quiet.Capacity.Index().MaxBy(c => c.Item).Index;

        Assert.Empty(quiet.ShortHours);
        Assert.Equal([hour], Flow(queue.Name, hour, Person("p_a", queue.Name)).ShortHours);
    }

    [Fact]
    public void Takes_nothing_where_nobody_is()
    {
        var queue = Playbook.Queues[0].Name;

        Assert.Equal(0, Flow(queue).CapacityADay);
        Assert.Equal(0, Flow("gone", Person("p_a", "gone")).CapacityADay);
    }

    private QueueFlow Flow(string queue, params Person[] people) => Flow(queue, null, people);

    /// <summary>A day has one ticket at noon; the busy hour a thousand.</summary>
    private QueueFlow Flow(string queue, int? busy, params Person[] people)
    {
        var hours = new long[QueueArrivals.HoursADay];
        if (busy is { } hour) hours[hour] = 28_000;
        return QueueFlow.Of([new QueueArrivals(queue, hours)], people, Playbook, new InsightPeriod(20_000, 20_027))[0];
    }

    private static Person Person(string id, params string[] queues) => new()
    {
        Id = id, Version = 1, Name = id, Email = id, Role = PersonRole.Agent, Queues = queues,
    };
}
