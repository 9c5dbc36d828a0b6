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
            GateReader.Read(_file));
    }

    [Theory]
    [InlineData("other: 3", "names no gates")]
    [InlineData("gates: [{ metric: answered }]", "holds nothing")]
    [InlineData("gates: [{ metric: answered, at_least: 93 }]", "write 0.93")]
    [InlineData("gates: [{ at_least: 0.9 }]", "missing field 'metric'")]
    [InlineData("gates: [{ metric: answered, at_leest: 0.9, at_most: 1 }]", "at_leest")]
    public void Says_what_is_wrong_with_a_gate(string yaml, string problem)
    {
        File.WriteAllText(_file, yaml);

        Assert.Contains(problem, Assert.Throws<FormatException>(() => GateReader.Read(_file)).Message);
    }
}
