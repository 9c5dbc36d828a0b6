using System.Globalization;
using Baton.Evaluation.Scoring;
using Baton.Evaluation.Shadows;
using Baton.Playbooks;
using Spectre.Console;

namespace Baton.Server.Cli.Evaluating.Shipping;

/// <summary>A shadow's report on a terminal.</summary>
internal static class ShadowView
{
    private const int Shown = 12, MostIntents = 30;

    public static void Print(ShadowReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(report.ToJson().ToJsonString());
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Shadow.Id}: {EnumWords.Of(report.Shadow.State)}, {report.Shadow.Candidate[..Shown]}, {report.Pairs.Count:N0} messages decided by both")
            + (report.Drops.Count == 0 ? "" : "; not decided: " + string.Join(", ", report.Drops.Select(d => $"{d.Value} ({d.Key})"))));
        Table("stage", report.Tables.Select(t => ($"{t.Stage}: {t.Asks}", t.Table, "")));
        Table("intent, to a person", report.Intents.Take(MostIntents).Select(i => (i.Intent, i.Table, Text(i.WithPeople, "P1"))));
        Console.WriteLine($"agrees with {report.Other}: {Text(report.WithProduction, "P1")}");
        Console.WriteLine($"agrees with people: {Text(report.WithPeople, "P1")}; {report.Other}: {Text(report.ProductionWithPeople, "P1")}");
        Console.WriteLine($"escalations that {report.Other} missed: {report.Catches}; that the candidate missed: {report.Misses}");
        Console.WriteLine($"cost: {Text(report.CostDifference, "0.######")} dollars a message more; latency: {Text(report.LatencyDifference, "0.#")} ms more");
        Console.WriteLine($"{report.Verdict.Word}: {report.Verdict.Why}");
    }

    private static void Table(string of, IEnumerable<(string Name, PairTable Table, string WithPeople)> lines)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(of, "both", "only in force", "only candidate", "neither", "with people");
        foreach (var (name, pairs, people) in lines)
            table.AddRow(Markup.Escape(TerminalText.Clean(name)), $"{pairs.Both}", $"{pairs.OnlyReal}", $"{pairs.OnlyOwn}",
                $"{pairs.Neither}", people);
        AnsiConsole.Write(table);
    }

    private static string Text(MetricValue value, string format) => value.N == 0 ? "–"
        : $"{value.Value.ToString(format, CultureInfo.InvariantCulture)} ({value.Interval.Low.ToString(format, CultureInfo.InvariantCulture)} to "
            + $"{value.Interval.High.ToString(format, CultureInfo.InvariantCulture)}) of {value.N}";
}
