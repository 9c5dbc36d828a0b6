using System.CommandLine;
using Baton.Evaluation.Reports;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Evaluating.Kept;

namespace Baton.Server.Cli.Evaluating;

/// <summary><c>baton eval run</c>: every metric over a set, with intervals and slices.</summary>
internal static class EvalRun
{
    public static Command Command()
    {
        var (playbook, models, set, runs) =
            (Places.Playbook(), Places.Models(), EvalOptions.Set(), EvalOptions.Runs());
        var (sample, seed, junit, html) =
            (EvalOptions.Sample(), EvalOptions.Seed(), EvalOptions.JUnit(), EvalOptions.Html());
        var command = new Command("run", "Decide labelled tickets and print every metric with its 95 % interval.")
        {
            set, playbook, models, runs, sample, seed, junit, html, Judges.Criteria, Judges.Samples,
            KeptResults.KeepIn, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var plan = EvalOptions.Plan(parsed.GetValue(set), parsed.GetValue(playbook)!, parsed.GetValue(models),
                parsed.GetValue(runs), parsed.GetValue(sample), parsed.GetValue(seed)) with
            {
                Judge = parsed.GetValue(Judges.Criteria), JudgeSamples = parsed.GetValue(Judges.Samples),
            };
            var run = (await TicketEvaluation.RunAsync(plan, Console.IsErrorRedirected, token)).Run;
            if (parsed.GetValue(junit) is { } xml) await File.WriteAllTextAsync(xml, JUnitReport.Of(run, []), token);
            if (parsed.GetValue(html) is { } page) await File.WriteAllTextAsync(page, HtmlReport.Of(run, []), token);
            await KeptResults.KeepAsync(parsed.GetValue(KeptResults.KeepIn), plan, run, null, token);
            if (parsed.GetValue(MeasureCommand.Json))
                Console.WriteLine(run.ToJson().ToJsonString(FiguresView.Indented));
            else EvalView.Print(run);
            return 0;
        }));
        return command;
    }
}
