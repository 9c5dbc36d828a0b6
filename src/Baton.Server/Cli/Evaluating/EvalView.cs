using System.Globalization;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Spectre.Console;

namespace Baton.Server.Cli.Evaluating;

/// <summary>Runs and gates for people at a terminal.</summary>
internal static class EvalView
{
    private static readonly string[] OfSlices =
        ["good_in_all", "answered_share", "wrong_answers", "must_not_answer_answered", "expected_cost_usd"];

    public static void Print(EvaluationRun run)
    {
        TerminalText.WriteLine($"{run.Set}: {run.Tickets.Count} tickets, {run.Runs} run(s), playbook {run.Playbook[..8]}");
        var metrics = Table("metric", "value", "95 % interval", "tickets", "of");
        foreach (var metric in run.Metrics)
            if (run.Of(metric) is var value) Add(metrics, metric.Name, value, metric.Counted);
        for (var k = 1; k <= run.Runs && run.Runs > 1; k++)
            Add(metrics, $"pass^{k}", run.Pass(k), $"all: right {k} times of {k}");
        AnsiConsole.Write(metrics);
        var slices = Table(["slice", "tickets", .. OfSlices.Select(n => n.Replace('_', ' '))]);
        foreach (var (slice, group, tickets, values) in run.Slices())
            slices.AddRow([Markup.Escape(TerminalText.Clean($"{slice} = {group}")), $"{tickets}",
                .. OfSlices.Select(name => values.Where(v => v.Metric.Name == name)
                    .Select(v => $"{Number(v.Value.Value)} ({v.Value.N})").FirstOrDefault("–"))]);
        AnsiConsole.Write(slices);
        if (run.Judges is not null) Judges.Print(run.Judges);
    }

    public static void Print(IReadOnlyList<GateOutcome> outcomes)
    {
        foreach (var gate in outcomes)
            TerminalText.WriteLine($"  {Word(gate.Verdict),-10} {gate.Name}: {gate.Why}");
    }

    private static string Word(GateVerdictKind verdict) =>
        verdict == GateVerdictKind.Fail ? "FAIL" : EnumWords.Of(verdict);

    private static void Add(Table table, string name, MetricValue value, string counted) => table.AddRow(
        name, Number(value.Value), $"{Number(value.Interval.Low)} – {Number(value.Interval.High)}", $"{value.N}",
        Markup.Escape(counted));

    private static Table Table(params string[] columns) =>
        new Table().Border(TableBorder.Simple).AddColumns(columns);

    internal static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.####", CultureInfo.InvariantCulture) : "–";
}
