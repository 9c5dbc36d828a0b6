using System.Globalization;
using Baton.Evaluation.Rollouts;
using Baton.Playbooks;
using Spectre.Console;

namespace Baton.Server.Cli.Evaluating.Shipping;

/// <summary>A roll-out on a terminal.</summary>
internal static class RolloutView
{
    private const int Shown = 12;

    public static void Print(RolloutReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(report.ToJson().ToJsonString());
            return;
        }
        var rollout = report.Rollout;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rollout.Id}: {EnumWords.Of(rollout.State)}, {rollout.Candidate[..Shown]} beside {rollout.Control[..Shown]}, "
            + $"{rollout.Share:P0} of new tickets; {report.Met:N0} have met the candidate, {report.Beside:N0} not"));
        Console.WriteLine(TerminalText.Clean($"  {rollout.StepAt:yyyy-MM-dd HH:mm} by {rollout.By}: {rollout.Why}"));
        var table = new Table().Border(TableBorder.Simple).AddColumns("guard", "candidate", "control", "evidence");
        foreach (var reading in report.Readings)
            table.AddRow(reading.Guard.Text, Text(reading.Candidate), Text(reading.Control),
                string.Create(CultureInfo.InvariantCulture, $"{reading.Evidence:0.0} of {rollout.Plan.Bar:0.0}"));
        AnsiConsole.Write(table);
        if (report.Verdict is { } verdict) Console.WriteLine($"{rollout.Plan.Comparison!.Metric}: {verdict.Word}: {verdict.Why}");
    }

    private static string Text(ArmValue value) => value.N == 0 ? "–" : string.Create(CultureInfo.InvariantCulture,
        $"{value.Value:0.####} ({value.Interval.Low:0.####} to {value.Interval.High:0.####}) of {value.N:N0}");
}
