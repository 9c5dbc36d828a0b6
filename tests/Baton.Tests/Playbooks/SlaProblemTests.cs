using Baton.Playbooks;
using Baton.Testing;
using NodaTime;

namespace Baton.Tests.Playbooks;

/// <summary>Service levels that make no sense are refused with the line, the value and a way out.</summary>
public sealed class SlaProblemTests
{
    private const string Line = "      normal: { first_reply: 8h, resolution: 3d, hours: business }";

    [Theory]
    [InlineData("first_reply: 4d, resolution: 3d", 19, "resolution in 3d is due before the first reply in 4d")]
    [InlineData("first_reply: 8h, requester_wait: 4h", 19, "requester_wait in 4h is due before the first reply in 8h")]
    [InlineData("next_reply: 8h, requester_wait: 4h", 19, "requester_wait in 4h is due before the next reply in 8h")]
    [InlineData("next_reply: 4d, resolution: 3d", 19, "resolution in 3d is due before the next reply in 4d")]
    [InlineData("requester_wait: 4d, resolution: 3d", 19, "resolution in 3d is due before the requester wait in 4d")]
    [InlineData("first_replay: 8h", 19, "did you mean 'first_reply'?")]
    [InlineData("first_reply: 5s", 19, "out of range; write a duration from 1m to 366d")]
    [InlineData("first_reply: soon", 19, "must be a duration")]
    [InlineData("hours: calendar", 19, "no target; add 'first_reply: 1h' or 'resolution: 8h'")]
    public void Refuses_targets_that_contradict_each_other(string targets, int line, string words) =>
        AssertRefused($"      normal: {{ {targets} }}", line, words);

    [Theory]
    [InlineData("warn_at: 75", "for 75 % write 0.75")]
    [InlineData("warn_at: 1", "write a number from 0.1 to 0.95")]
    [InlineData("warn_at: 0", "write a number from 0.1 to 0.95")]
    [InlineData("warn_at: most", "must be a number")]
    [InlineData("on_warning: {}", "does nothing; add 'priority: high'")]
    [InlineData("on_breach: {}", "does nothing; add 'priority: high'")]
    [InlineData("on_breach: { queue: l9 }", "SLA policy 'standard', on_breach: unknown queue 'l9'")]
    [InlineData("on_breach: { notify: [operator] }", "did you mean 'operators'?")]
    [InlineData("on_breach: { notify: [l9] }", "write 'operators' or the name of a queue")]
    [InlineData("on_breach: { notify: [l1, l1] }", "declared twice")]
    [InlineData("on_breach: { notify: l1 }", "must be a list")]
    [InlineData("on_breach: { priority: low }", "every ticket is at least low")]
    [InlineData("on_breach: { priority: higher }", "'priority' cannot be 'higher'")]
    [InlineData("on_breach: { priorty: high }", "did you mean 'priority'?")]
    [InlineData("on_braech: { priority: high }", "did you mean 'on_breach'?")]
    public void Refuses_actions_that_do_nothing_or_reach_nobody(string action, string words) =>
        AssertRefused($"{Line}\n    {action}", 20, words);

    [Fact]
    public void Refuses_a_breach_that_is_less_pressing_than_its_warning() => AssertRefused(
        $"{Line}\n    on_warning: {{ priority: urgent }}\n    on_breach: {{ priority: high }}", 21,
        "on_breach raises to high, and on_warning has raised to urgent before");

    [Fact]
    public void Reads_clocks_warning_and_actions()
    {
        var loaded = new PlaybookFiles().Replace("queues.yaml", Line, """
                  normal: { first_reply: 8h, next_reply: 4h, requester_wait: 1d, resolution: 3d, hours: business }
                warn_at: 0.5
                on_warning: { notify: [l1] }
                on_breach: { priority: high, queue: l2, notify: [operators, l1] }
            """).Load();

        var policy = Assert.IsType<LoadedPlaybook.Valid>(loaded).Playbook.SlaPolicies[1];
        Assert.Equal(
            (Duration.FromHours(4), Duration.FromHours(24)),
            (policy.Targets[Priority.Normal].NextReply!.Value, policy.Targets[Priority.Normal].RequesterWait!.Value));
        Assert.Equal(0.5, policy.WarnAt);
        Assert.Equal((Priority.High, "l2"), (policy.OnBreach!.Priority!.Value, policy.OnBreach.Queue));
        Assert.Equal(["operators", "l1"], policy.OnBreach.Notify);
        Assert.Equal(["l1"], policy.OnWarning!.Notify);
    }

    private static void AssertRefused(string lines, int line, string words)
    {
        var loaded = new PlaybookFiles().Replace("queues.yaml", Line, lines).Load();

        var problems = Assert.IsType<LoadedPlaybook.Invalid>(loaded).Problems;
        Assert.True(
            problems.Any(p => p.Line == line && p.Message.Contains(words, StringComparison.Ordinal)),
            string.Join('\n', problems));
    }
}
