using Baton.Evaluation.Drafting;
using Baton.Evaluation.Metrics;
using Baton.Playbooks.Gates;

namespace Baton.Tests.Evaluation.Drafting;

/// <summary>
/// Whether a changed playbook may come into force, by what the golden tickets came to before and after.
/// </summary>
public sealed class ActivationGateTests
{
    [Theory]
    [InlineData(9, 10, 9, 10, true)]
    [InlineData(9, 10, 8, 10, false)]
    [InlineData(5, 10, 6, 10, true)]
    [InlineData(5, 10, 5, 10, true)]
    [InlineData(5, 10, 4, 10, false)]
    [InlineData(9, 10, 0, 0, false)]
    [InlineData(0, 0, 5, 10, false)]
    [InlineData(0, 0, 0, 0, true)]
    public void Holds_a_gate_and_what_misses_it_already_to_no_worse(
        int hits, int of, int then, int ofThen, bool passed)
    {
        var gate = new FigureGate("of_answered_right", 0.85, null);

        Assert.Equal(passed, ActivationGate.Keeps(gate, new Rate(hits, of), new Rate(then, ofThen)));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(3, 4, false)]
    public void Holds_what_must_not_rise(int before, int after, bool passed)
    {
        var gate = new FigureGate("answered_though_person_due", null, 0.05);

        Assert.Equal(passed, ActivationGate.Keeps(gate, new Rate(before, 10), new Rate(after, 10)));
    }

    [Fact]
    public void Holds_without_gates_that_no_fewer_tickets_are_good()
    {
        var held = Assert.Single(ActivationGate.Compare(new TicketFigures([]), new TicketFigures([]), []));

        Assert.Equal(("good_in_all", true), (held.Metric, held.Passed));
    }
}
