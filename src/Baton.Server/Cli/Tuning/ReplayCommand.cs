using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Baton.Decisions;
using Baton.Decisions.Replaying;
using Baton.Evaluation.Replaying;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Storage;
using Spectre.Console;

namespace Baton.Server.Cli.Tuning;

/// <summary><c>baton replay</c>: what another playbook would have made of the decisions of a time.</summary>
internal static class ReplayCommand
{
    private const int MostListed = 100_000;

    private static readonly Option<string?> From = new("--from")
    {
        Description = "First day or moment, such as 2026-11-01 or 2026-11-01T09:00:00Z (default: the first decision).",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Day or moment after the last (default: now).",
    };

    private static readonly Option<int> Tickets = new("--tickets")
    {
        Description = "Ids of tickets that are listed for each change.", DefaultValueFactory = _ => 5,
    };

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var command = new Command("replay", "Make past decisions again under another playbook, with what was found then: "
            + "routes changed, by rule, with the tickets, and what that costs or saves. Changes nothing.")
        {
            playbook, DatabaseFile.Option, From, To, Tickets, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) =>
            CliError.Guard(() => ReplayAsync(parsed, parsed.GetValue(playbook)!, token)));
        return command;
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, string folder, CancellationToken cancellationToken)
    {
        var (from, to) = (Moment(parsed.GetValue(From), "--from"), Moment(parsed.GetValue(To), "--to"));
        if (from >= to) throw new CliError($"--from {from:u} is not before --to {to:u}");
        var listed = parsed.GetValue(Tickets);
        if (listed is < 0 or > MostListed) throw new CliError($"--tickets {listed}: use 0 to {MostListed}");
        var options = DatabaseFile.Options(parsed);
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(folder, null, options.Path, null, keeps: true));
        var (tried, models) = services.GetRequiredService<LocalModelCache>().Current;
        var database = services.GetRequiredService<Database>();
        var replay = new DecisionReplay(
            database, PlaybookVersionVerbs.Versions(database),
            new TurnReplay(services.GetRequiredService<StageNeeds>(), tried, models), tried);
        var started = Stopwatch.GetTimestamp();
        var decisions = new List<ReplayedDecision>();
        await foreach (var decision in replay.RunAsync(
            from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, cancellationToken)) decisions.Add(decision);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var report = ReplayReport.Of(tried.Version, decisions);
        if (parsed.GetValue(MeasureCommand.Json)) Console.WriteLine(Json(report, listed, seconds));
        else Print(report, listed, seconds);
        return 0;
    }

    private static string Json(ReplayReport report, int listed, double seconds)
    {
        var json = report.ToJson(listed);
        json["seconds"] = Math.Round(seconds, 3);
        json["decisions_per_second"] = Math.Round(report.Decisions / Math.Max(seconds, 1e-9));
        return json.ToJsonString(FiguresView.Indented);
    }

    private static void Print(ReplayReport report, int listed, double seconds)
    {
        Write($"{report.Decisions:N0} decisions, {report.Replayed:N0} made again in {seconds:0.0} s "
            + $"({report.Decisions / Math.Max(seconds, 1e-9):N0} a second), {report.ReadAgain:N0} of them read again");
        foreach (var (why, count) in report.Kept) Write($"  {count,8:N0} are as they were: {why}");
        foreach (var (what, count) in report.Unknown) Write($"  {count,8:N0} cannot be told: nobody knows {what}");
        Write($"{report.Changed:N0} would come out otherwise");
        if (report.Changes.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("decisions", "route", "decides now", "decided", "tickets");
            foreach (var change in report.Changes)
                table.AddRow([.. new[]
                {
                    $"{change.Tickets.Count:N0}", RouteOf(change), change.By, change.ByBefore,
                    string.Join(", ", change.Tickets.Take(listed)),
                }.Select(TerminalText.Clean).Select(Markup.Escape)]);
            AnsiConsole.Write(table);
        }
        Write(string.Create(CultureInfo.InvariantCulture,
            $"expected cost a decision {report.CostBefore:0.000} before, {report.CostAfter:0.000} after: "
            + $"{report.CostAfter - report.CostBefore:+0.000;-0.000;0} ({report.Difference.Low:+0.000;-0.000;0} to "
            + $"{report.Difference.High:+0.000;-0.000;0})"));
    }

    private static string RouteOf(ReplayChange change) => change.From == change.To
        ? $"{EnumWords.Of(change.To)}, another queue or priority" : $"{EnumWords.Of(change.From)} → {EnumWords.Of(change.To)}";

    private static void Write(string text) => TerminalText.WriteLine(text);

    private static DateTimeOffset? Moment(string? text, string option) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw new CliError($"{option} '{text}' is no moment: write 2026-11-01 or 2026-11-01T09:00:00Z");
}
