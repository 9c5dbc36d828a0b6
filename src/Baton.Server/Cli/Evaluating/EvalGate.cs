using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Reports;
using Baton.Evaluation.Scoring;
using Baton.Playbooks.Gates;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Storage;

namespace Baton.Server.Cli.Evaluating;

/// <summary><c>baton eval gate</c>: ends with 0, 1 or 3, so that a pipeline can hold a change.</summary>
internal static class EvalGate
{
    private static readonly Option<string?> GatesFile = new("--gates")
    {
        Description = "Gates to hold (default: evals/gates.yaml of the playbook).",
    };

    private static readonly Option<string?> Current = new("--current")
    {
        Description = "Folder of the playbook in force, for gates of the rule no_worse_than.",
    };

    private static readonly Option<string?> Production = new("--production")
    {
        Description = "Database of a server: also hold the gates of the source production, over its last four weeks.",
    };

    public static Command Command()
    {
        var (playbook, models, set, runs) =
            (Places.Playbook(), Places.Models(), EvalOptions.Set(), EvalOptions.Runs());
        var (sample, seed, junit, html) =
            (EvalOptions.Sample(), EvalOptions.Seed(), EvalOptions.JUnit(), EvalOptions.Html());
        var command = new Command("gate", "Hold the gates: ends with 0 (pass), 1 (fail) or 3 (not enough data).")
        {
            set, playbook, Current, GatesFile, Production, models, runs, sample, seed, junit, html, KeptResults.KeepIn,
            MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var plan = EvalOptions.Plan(parsed.GetValue(set), parsed.GetValue(playbook)!, parsed.GetValue(models),
                parsed.GetValue(runs), parsed.GetValue(sample), parsed.GetValue(seed));
            var gates = Gates(parsed.GetValue(GatesFile) ?? Path.Combine(plan.Playbook, "evals", "gates.yaml"));
            var run = (await TicketEvaluation.RunAsync(plan, Console.IsErrorRedirected, token)).Run;
            var current = parsed.GetValue(Current) is { } folder && gates.Any(g => g.WorseBy is not null)
                ? (await TicketEvaluation.RunAsync(
                    plan with { Playbook = folder }, Console.IsErrorRedirected, token)).Run : null;
            var outcomes = GateJudge.Judge(gates, run, current, await TrafficAsync(parsed.GetValue(Production)));
            if (parsed.GetValue(junit) is { } xml)
                await File.WriteAllTextAsync(xml, JUnitReport.Of(run, outcomes), token);
            if (parsed.GetValue(html) is { } page)
                await File.WriteAllTextAsync(page, HtmlReport.Of(run, outcomes), token);
            await KeptResults.KeepAsync(parsed.GetValue(KeptResults.KeepIn), plan, run, outcomes, token);
            var code = GateJudge.ExitCode(outcomes);
            if (parsed.GetValue(MeasureCommand.Json)) Console.WriteLine(new JsonObject
            {
                ["verdict"] = KeptResults.Word(outcomes), ["playbook"] = run.Playbook,
                ["gates"] = new JsonArray([.. outcomes.Select(o => o.ToJson())]),
            }.ToJsonString(FiguresView.Indented));
            else EvalView.Print(outcomes);
            return code;
        }));
        return command;
    }

    private static async Task<IReadOnlyDictionary<string, MetricValue>?> TrafficAsync(string? path)
    {
        if (path is null) return null;
        if (!DatabaseFile.Exists(path)) throw new CliError($"{path}: no such file");
        await using var database = Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System);
        return ProductionFigures.Of(database);
    }

    /// <exception cref="CliError">The file cannot be read, or a gate is on a figure that there is not.</exception>
    internal static IReadOnlyList<FigureGate> Gates(string file)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file; docs/evaluation.md says what gates are");
        try
        {
            var gates = GateReader.Read(file, out var migrations);
            foreach (var migration in migrations) TerminalText.WriteErrorLine(migration);
            return GateVerdict.Unknown(gates) is { } unknown ? throw new CliError($"{file}: {unknown}") : gates;
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
    }
}
