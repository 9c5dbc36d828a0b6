using Baton.Evaluation;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Scoring;
using Baton.Playbooks.Gates;
using Baton.Tests.Evaluation.Scoring;

namespace Baton.Tests.Evaluation.Gates;

/// <summary>A verdict is given only where the data allow one, and says how many tickets would.</summary>
public sealed class GateJudgeTests
{
    [Theory]
    [InlineData(95, 100, 0.92, GateRule.Point, GateVerdictKind.Pass)]
    [InlineData(91, 100, 0.92, GateRule.Point, GateVerdictKind.Fail)]
    [InlineData(95, 100, 0.92, GateRule.LowerBound, GateVerdictKind.Undecided)]
    [InlineData(980, 1000, 0.92, GateRule.LowerBound, GateVerdictKind.Pass)]
    [InlineData(80, 100, 0.92, GateRule.LowerBound, GateVerdictKind.Fail)]
    public void A_bar_is_held_by_the_point_or_by_the_whole_interval(
        int right, int of, double bar, GateRule rule, GateVerdictKind verdict) =>
        Assert.Equal(verdict, One(new FigureGate("of_answered_right", bar, null) { Rule = rule }, right, of).Verdict);

    [Fact]
    public void Says_how_many_more_tickets_would_decide_it()
    {
        var outcome = One(new FigureGate("of_answered_right", 0.92, null) { Rule = GateRule.LowerBound }, 95, 100);

        var needed = outcome.Needed!.Value;
        Assert.True(Interval.Wilson(0.95 * (100 + needed), 100 + needed).Low >= 0.92);
        Assert.True(Interval.Wilson(0.95 * (99 + needed), 99 + needed).Low <= 0.92);
        Assert.Contains($"needs about {needed} more", outcome.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_measured_and_what_is_measured_elsewhere_is_undecided()
    {
        FigureGate[] gates =
        [
            new("tool_success_first_attempt", 0.9, null),
            new("deflection", 0.5, null) { Source = GateSource.Production },
        ];

        var outcomes = GateJudge.Judge(gates, Evaluations.Run(5, 5));

        Assert.All(outcomes, o => Assert.Equal(GateVerdictKind.Undecided, o.Verdict));
        Assert.Equal(3, GateJudge.ExitCode(outcomes));
        Assert.Equal(0, GateJudge.ExitCode(GateJudge.Judge([gates[1], new("answered", 0.5, null)], Evaluations.Run(5, 5))));
    }

    [Fact]
    public void Figures_of_real_traffic_are_held_where_they_are_given()
    {
        var gate = new FigureGate("deflection", 0.5, null) { Source = GateSource.Production };
        var traffic = new Dictionary<string, MetricValue>
        {
            ["deflection"] = new(0.4, Interval.Wilson(40, 100), 100, 0),
        };

        var outcomes = GateJudge.Judge([gate], Evaluations.Run(5, 5), traffic: traffic);

        Assert.Equal((GateVerdictKind.Fail, 1), (outcomes[0].Verdict, GateJudge.ExitCode(outcomes)));
    }

    [Fact]
    public void A_gate_on_a_slice_reads_that_slice_alone()
    {
        var run = Evaluations.Run([
            Evaluations.Answered("60 days", "A") with { Tier = "pro" }, Evaluations.Answered("90 days", "B"),
        ]);
        var gate = new FigureGate("of_answered_right", 1, null) { Slice = "tier=pro" };

        Assert.Equal(GateVerdictKind.Pass, GateJudge.Judge([gate], run)[0].Verdict);
        Assert.Equal(GateVerdictKind.Fail, GateJudge.Judge([gate with { Slice = null }], run)[0].Verdict);
    }

    [Theory]
    [InlineData(900, 900, 0, GateVerdictKind.Pass)]
    [InlineData(900, 850, 0.02, GateVerdictKind.Fail)]
    [InlineData(900, 890, 0.02, GateVerdictKind.Pass)]
    [InlineData(900, 882, 0.02, GateVerdictKind.Undecided)]
    public void A_change_is_held_against_the_playbook_in_force_ticket_by_ticket(
        int before, int after, double by, GateVerdictKind verdict)
    {
        var gate = new FigureGate("of_answered_right", null, null) { WorseBy = by == 0 ? 0.005 : by };

        var outcome = GateJudge.Judge([gate], Evaluations.Run(after, 1000), Evaluations.Run(before, 1000))[0];

        Assert.Equal(verdict, outcome.Verdict);
    }

    [Fact]
    public void Five_tickets_that_did_not_change_prove_nothing()
    {
        var gate = new FigureGate("wrong_answers", null, null) { WorseBy = 0.02 };

        var outcome = GateJudge.Judge([gate], Evaluations.Run(5, 5), Evaluations.Run(5, 5))[0];

        Assert.Equal(GateVerdictKind.Undecided, outcome.Verdict);
        Assert.InRange(outcome.Needed!.Value, 50, 1000);
    }

    [Fact]
    public void The_interval_of_a_difference_holds_the_truth_about_as_often_as_it_says()
    {
        const int Trials = 120, Tickets = 150;
        var (random, held, metric) = (new Random(3), 0, BuiltInMetrics.All.First(m => m.Name == "of_answered_right"));
        for (var trial = 0; trial < Trials; trial++)
        {
            // 8 % become right and 4 % wrong: the truth is 4 points.
            var draws = Enumerable.Range(0, Tickets).Select(_ => random.NextDouble()).ToArray();
            var after = Evaluations.Run(0, Tickets, i => draws[i] is < 0.08 or > 0.32);
            var before = Evaluations.Run(0, Tickets, i => draws[i] is > 0.28);
            var difference = PairedDifference.Of(metric, after, before, null)!;
            if (difference.Interval.Low <= 0.04 && 0.04 <= difference.Interval.High) held++;
        }

        Assert.InRange(held, (int)(0.9 * Trials), Trials);
    }

    private static GateOutcome One(FigureGate gate, int right, int of) =>
        GateJudge.Judge([gate], Evaluations.Run(right, of))[0];
}
