using Baton.Playbooks.Gates;

namespace Baton.Tests.Playbooks.Gates;

public sealed class GateReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Reads_what_is_to_be_reached_and_not_to_be_passed()
    {
        File.WriteAllText(_file, """
            gates:
              - { metric: of_answered_right, at_least: 0.93 }
              - { metric: answered_though_person_due, at_most: 0.05 }
            other: 3
            """);

        Assert.Equal(
            [new FigureGate("of_answered_right", 0.93, null), new FigureGate("answered_though_person_due", null, 0.05)],
            GateReader.Read(_file, out _));
    }

    [Theory]
    [InlineData("other: 3", "names no gates")]
    [InlineData("gates: [{ metric: answered }]", "holds nothing")]
    [InlineData("gates: [{ metric: answered, at_least: 93 }]", "write 0.93")]
    [InlineData("gates: [{ at_least: 0.9 }]", "missing field 'metric'")]
    [InlineData("gates: [{ metric: answered, no_worse_than: before }]", "current by 2 points")]
    [InlineData("gates: [{ metric: answered, at_leest: 0.9, at_most: 1 }]", "at_leest")]
    public void Says_what_is_wrong_with_a_gate(string yaml, string problem)
    {
        File.WriteAllText(_file, yaml);

        Assert.Contains(problem, Assert.Throws<FormatException>(() => GateReader.Read(_file, out _)).Message);
    }

    [Fact]
    public void Reads_source_slice_rule_and_margin()
    {
        File.WriteAllText(_file, """
            gates:
              - { metric: wrong_answers, at_most: 0.05, rule: lower_bound, slice: kind=lookup }
              - { metric: expected_cost_usd, at_most: 3.5, no_worse_than: current by 0.10 }
              - { metric: faithfulness, no_worse_than: current by 2 points }
              - { metric: deflection, source: production, at_least: 0.5 }
            """);

        Assert.Equal(
            [
                new FigureGate("wrong_answers", null, 0.05) { Rule = GateRule.LowerBound, Slice = "kind=lookup" },
                new FigureGate("expected_cost_usd", null, 3.5) { WorseBy = 0.10 },
                new FigureGate("faithfulness", null, null) { WorseBy = 0.02 },
                new FigureGate("deflection", 0.5, null) { Source = GateSource.Production },
            ],
            GateReader.Read(_file, out _));
    }

    [Fact]
    public void Flat_keys_are_held_as_gates_and_say_how_they_are_written_now()
    {
        File.WriteAllText(_file, "faithfulness_min: 0.85\nlatency_p95_seconds_commodity_max: 2\nfaithfullness_min: 1\n");

        var gates = GateReader.Read(_file, out var migrations);

        Assert.Equal(
            [
                new FigureGate("faithfulness", 0.85, null),
                new FigureGate("latency_ms_p95", null, 2000)
                {
                    Source = GateSource.Production, Slice = "decided_by=commodity",
                },
            ],
            gates);
        Assert.Contains(migrations, m => m.Contains("- { metric: faithfulness, at_least: 0.85 }", StringComparison.Ordinal));
        Assert.Contains(migrations, m => m.Contains("did you mean 'faithfulness_min'", StringComparison.Ordinal));
    }
}
