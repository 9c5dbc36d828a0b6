using Baton.Playbooks;
using Baton.Testing;
using NodaTime;

namespace Baton.Tests.Playbooks;

/// <summary>What queues and intents say about people: refused with a way out, or read.</summary>
public sealed class QueueProblemTests
{
    private const string Queues = "queues.yaml";
    private const string Order = "intents/order_status.yaml";
    private const string Tool = "tool: get_order";

    [Theory]
    [InlineData(Queues, "    fallback: l2", "    assignment: shove", "'assignment' cannot be 'shove'")]
    [InlineData(Queues, "    fallback: l2", "    assignment: psh", "did you mean 'push'?")]
    [InlineData(Queues, "    fallback: l2", "    accept_within: 2d", "from 10s to 1h")]
    [InlineData(Queues, "    fallback: l2", "    prefer_for: never", "must be a duration")]
    [InlineData(Queues, "    fallback: l2", "    handle_time: 1s", "from 10s to 1d")]
    [InlineData(Queues, "    fallback: l2", "    after_hours: l9", "after_hours: unknown queue 'l9'")]
    [InlineData(Queues, "    fallback: l2", "    after_hours: l1", "is the queue itself")]
    [InlineData(Queues, "sla_policies:", "weights: { email: 0 }\nsla_policies:", "write a number from 1 to 100")]
    [InlineData(Queues, "sla_policies:", "weights: { email: 1.5 }\nsla_policies:", "must be a whole number")]
    [InlineData(Order, Tool, Tool + "\nskills: [flying]", "skills: unknown skill 'flying'")]
    [InlineData(Order, Tool, Tool + "\npreferred_skills: [\"flying:3\"]", "unknown skill 'flying'")]
    [InlineData(Order, Tool, Tool + "\nskills: [\"flying:11\"]", "a level from 1 to 10")]
    [InlineData(Order, Tool, Tool + "\nskills: [\"flying:high\"]", "a level from 1 to 10")]
    public void Reports_what_is_wrong_and_how_to_write_it(string file, string old, string @new, string words)
    {
        var problems = Assert.IsType<LoadedPlaybook.Invalid>(
            new PlaybookFiles().Replace(file, old, @new).Load()).Problems;

        Assert.True(
            problems.Any(p => p.File == file && p.Message.Contains(words, StringComparison.Ordinal)),
            string.Join('\n', problems));
    }

    [Fact]
    public void Reads_how_a_queue_gives_out_its_tickets()
    {
        var loaded = new PlaybookFiles()
            .Replace(Queues, "    fallback: l2", """
                    skills: [refunds]
                    assignment: push
                    accept_within: 90s
                    prefer_for: 5m
                    handle_time: 20m
                    after_hours: l2
                """)
            .Replace(Queues, "sla_policies:", "weights: { email: 2 }\nsla_policies:")
            .Replace(Order, Tool, Tool + "\nskills: [\"refunds:5\"]").Load();

        var playbook = Assert.IsType<LoadedPlaybook.Valid>(loaded).Playbook;
        var queue = playbook.Queues[0];
        Assert.Equal((AssignmentMode.Push, Duration.FromSeconds(90)), (queue.Assignment, queue.AcceptWithin));
        Assert.Equal((Duration.FromMinutes(5), Duration.FromMinutes(20)), (queue.PreferFor, queue.HandleTime));
        Assert.Equal(("l2", 2), (queue.AfterHours, playbook.Weights["email"]));
        Assert.Equal(["refunds:5"], playbook.FindIntent("order_status")!.Skills);
    }
}
