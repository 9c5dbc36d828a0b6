using System.Xml.Linq;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Reports;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Playbooks.Gates;

namespace Baton.Tests.Evaluation.Scoring;

/// <summary>What a run says of its tickets, for machines and for people.</summary>
public sealed class EvaluationRunTests
{
    private static readonly Expectation Person = new() { Outcome = "person", Kind = "person" };

    [Fact]
    public void The_json_has_every_metric_with_its_interval_and_every_slice()
    {
        var json = Evaluations.Run(9, 12).ToJson();

        foreach (var name in (string[])["answered_share", "wrong_answers", "outcome_accuracy", "route_accuracy",
            "intent_accuracy", "must_not_answer_answered", "needless_escalations", "faithfulness", "expected_cost_usd"])
            Assert.NotNull(json["metrics"]![name]!["n"]);
        Assert.Equal((12, 1, 0.25), ((int)json["n"]!, (int)json["runs"]!,
            (double)json["metrics"]!["wrong_answers"]!["value"]!));
        Assert.Equal(12, (int)json["slices"]!["kind"]!["none"]!["n"]!);
        Assert.Equal(2, (int)json["slices"]!["difficulty"]!["hardest_tenth"]!["n"]!);
        Assert.NotNull(json["metrics"]!["pass^1"]);
    }

    [Fact]
    public async Task A_ticket_that_must_be_right_every_time_counts_once_for_all_runs()
    {
        // Yao et al. 2024: C(c, k) / C(n, k).
        var good = Evaluations.Answered("You have 60 days.");
        var bad = Evaluations.Answered("You have 90 days.");
        var run = await EvaluationRun.ScoreAsync(
            "s", "p", [], [[good], [good], [bad], [good]], TestContext.Current.CancellationToken);

        Assert.Equal([0.75, 0.5, 0.25, 0], Enumerable.Range(1, 4).Select(k => run.Pass(k).Value));
    }

    [Fact]
    public void A_right_refusal_is_good_and_costs_nothing()
    {
        var run = Evaluations.Run([Evaluations.Escalated("A", Person), Evaluations.Escalated("B")]);

        Assert.Equal(0.5, Value(run, "good_in_all"));
        Assert.Equal(0.5, Value(run, "outcome_accuracy"));
        Assert.Equal((double)new DecisionCosts().NeedlessContact / 2, Value(run, "expected_cost_usd"), 6);
        Assert.Equal(0, run.Of(BuiltInMetrics.All.First(m => m.Name == "wrong_answers")).N);
    }

    [Theory]
    [InlineData("You have 60 days to send anything back.", 1.0)]
    [InlineData("You have 60 days to send anything back. The label costs $12.50 and arrives by drone.", 0.5)]
    public void Claims_that_the_sources_do_not_bear_out_count_against_an_answer(string reply, double faithful)
    {
        var run = Evaluations.Run([Evaluations.Answered(reply)]);

        Assert.Equal((faithful, faithful < 1 ? 1.0 : 0), (Value(run, "faithfulness"), Value(run, "hallucination_rate")));
    }

    [Fact]
    public void A_sample_is_the_same_for_a_seed_and_changes_little_when_the_set_grows()
    {
        IReadOnlyList<LabelledTicket> Set(int size) => [.. Enumerable.Range(0, size)
            .Select(i => new LabelledTicket($"T-{i}", "", "", "", "", Evaluations.Answerable))];

        var (one, again) = (LabelledSet.Sample(Set(500), 100, 1), LabelledSet.Sample(Set(500), 100, 1));
        var (other, grown) = (LabelledSet.Sample(Set(500), 100, 2), LabelledSet.Sample(Set(501), 100, 1));

        Assert.Equal(one, again);
        Assert.InRange(one.Intersect(other).Count(), 1, 60);
        Assert.InRange(one.Intersect(grown).Count(), 99, 100);
    }

    [Fact]
    public void JUnit_names_what_failed_and_survives_any_text()
    {
        var run = Evaluations.Run([Evaluations.Answered("You have 90 days.", "T\u0001<&\">"), Evaluations.Answered("60 days", "B")]);
        var gates = GateJudge.Judge([new FigureGate("wrong_answers", null, 0.1) { Rule = GateRule.LowerBound }], run);

        var xml = XDocument.Parse(JUnitReport.Of(run, gates));

        Assert.Equal(["2", "1"], xml.Root!.Elements("testsuite").Select(s => s.Attribute("tests")!.Value));
        Assert.Single(xml.Descendants("failure"));
        Assert.Single(xml.Descendants("skipped"));
    }

    [Fact]
    public void The_page_needs_nothing_beside_it_and_lets_no_markup_in()
    {
        var page = HtmlReport.Of(Evaluations.Run([Evaluations.Answered("90 days", "<script>alert(1)</script>")]), []);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("src=", page);
        Assert.Contains("wrong_answers", page);
    }

    private static double Value(EvaluationRun run, string metric) =>
        run.Of(BuiltInMetrics.All.First(m => m.Name == metric)).Value;
}
