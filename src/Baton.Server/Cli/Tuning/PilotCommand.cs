using System.CommandLine;
using System.Globalization;
using Baton.Evaluation.Readiness;
using Baton.Evaluation.Results;
using Baton.Evaluation.Scoring;
using Baton.Server.Cli.Evaluating;
using Baton.Server.Cli.Evaluating.Kept;

namespace Baton.Server.Cli.Tuning;

/// <summary><c>baton pilot status</c>: which of the six weeks' gates fails now.</summary>
internal static class PilotCommand
{
    private const int GoldenTickets = 200, FewestTickets = 100, KeptRuns = 50;

    private const double DeflectionAimed = 0.50, DeflectionLeast = 0.45;

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var status = new Command("status", "Name the gate that a pilot now fails, and what to do first.")
        {
            DatabaseFile.Option, playbook,
        };
        status.SetAction((parsed, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(parsed);
            var failing = Failing(
                EvalOptions.SetOf(null, parsed.GetValue(playbook)!), new EvaluationResults(database),
                ProductionFigures.Of(database));
            Console.WriteLine(failing ?? "no gate fails that can be measured here; sign-offs and drills are yours to keep");
            foreach (var (week, gate) in ReadinessAdvice.Weeks) Console.WriteLine($"  {week}: {gate}");
            return failing is null ? 0 : 1;
        }));
        return new Command("pilot", "How a pilot stands in its six weeks.") { status };
    }

    /// <summary>The first gate that fails, in the order of the weeks; null when none does.</summary>
    internal static string? Failing(
        string golden, EvaluationResults results, IReadOnlyDictionary<string, MetricValue> traffic)
    {
        var labelled = File.Exists(golden) ? LabelledSet.Read(golden).Count : 0;
        if (labelled < GoldenTickets)
            return $"week 2 fails: {labelled} golden tickets, {GoldenTickets - labelled} more are needed";
        var full = results.List(KeptRuns).FirstOrDefault(r => r is { Sampled: null, Verdict: not null });
        if (full is null) return "week 3 waits: no full run with gates is kept yet; `baton eval gate --db DATABASE`";
        if (full.Verdict != "pass") return $"week 3 fails: the run of {full.At:yyyy-MM-dd} came out '{full.Verdict}'";
        var deflection = traffic["deflection"];
        if (deflection.N < FewestTickets)
            return $"week 6 waits: {deflection.N} tickets in four weeks, {FewestTickets - deflection.N} more say something";
        if (deflection.Value >= DeflectionAimed) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"week 6 fails: deflection {deflection.Value:P1} ({deflection.Interval.Low:P1} to {deflection.Interval.High:P1})")
            + (deflection.Value < DeflectionLeast ? "; under 45 %: rework the classifier before anything is widened" : "");
    }
}
