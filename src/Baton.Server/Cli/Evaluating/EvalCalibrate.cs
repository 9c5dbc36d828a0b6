using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Evaluation.Drafting;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Storage;
using Baton.Storage.Events;
using Spectre.Console;

namespace Baton.Server.Cli.Evaluating;

/// <summary><c>baton eval calibrate</c>: what customers said of answers above and below each bar of a metric.</summary>
internal static class EvalCalibrate
{
    private const string Csat = "csat";

    /// <summary>With fewer ratings a difference between two sides is chance.</summary>
    private const int Few = 100;

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var metric = new Option<string>("--metric")
        {
            Description = "A metric of answers from 0 to 1.", DefaultValueFactory = _ => "faithfulness",
        };
        var against = new Option<string>("--against")
        {
            Description = "What it is held against: csat, the ratings of customers.", DefaultValueFactory = _ => Csat,
        };
        var command = new Command("calibrate", "Ratings of real answers above and below each bar of a metric.")
        {
            metric, against, DatabaseFile.Option, playbook, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            if (parsed.GetValue(against) is not Csat and var other)
                throw new CliError($"--against '{other}' is not known: use csat");
            var chosen = BuiltInMetrics.All.FirstOrDefault(m => m.Name == parsed.GetValue(metric)
                && m.Kind == MetricKind.Rate) ?? throw new CliError($"--metric '{parsed.GetValue(metric)}' is no share of "
                    + "answers: use faithfulness or hallucination_rate");
            var judged = PlaybookCommand.Load(parsed.GetValue(playbook)!);
            await using var database = DatabaseFile.Open(parsed);
            var rated = await RatedAsync(database, judged, chosen, token);
            var bars = RatingsByScore.Of(rated);
            if (parsed.GetValue(MeasureCommand.Json)) Console.WriteLine(Json(rated.Count, bars));
            else Print(chosen.Name, rated.Count, bars);
            return 0;
        }));
        return command;
    }

    /// <summary>Answers that a customer rated, by the score that the metric gives them.</summary>
    private static async Task<IReadOnlyList<(double Score, int Rating)>> RatedAsync(
        Database database, Playbook playbook, IMetric metric, CancellationToken cancellationToken)
    {
        var rated = new List<(double, int)>();
        foreach (var id in AskedMessages.Newest(database))
        {
            var stars = database.Read(c => Ledger.Read(c, id))
                .Select(e => ConversationJson.Read(e.Type, e.Data.Span)).OfType<ConversationEvent.Rated>()
                .LastOrDefault();
            if (stars is null || database.Read(c => StoredDecision.Last(c, id))?.View is not { } decision) continue;
            var ticket = new EvaluatedTicket
            {
                Judged = JudgedTicket.Of(id, new Expectation { Outcome = "answer" }, decision), Question = "",
                Sources = ReplyParts.Sources(decision, playbook),
                Answer = ReplyParts.Answer(decision, playbook.Brand),
            };
            if (await metric.ScoreAsync(ticket, cancellationToken) is { } score) rated.Add((score.Value, stars.Stars));
        }
        return rated;
    }

    private static void Print(string metric, int count, IReadOnlyList<RatingsByScore> bars)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("bar", "satisfied at or above", "satisfied below");
        foreach (var bar in bars)
            table.AddRow($"{bar.Bar:0.00}", FiguresOfTickets.Show(bar.Above), FiguresOfTickets.Show(bar.Below));
        AnsiConsole.Write(table);
        Console.WriteLine($"{count} rated answers scored by {metric}");
        if (count < Few) Console.WriteLine($"not enough to move a bar: {Few - count} more ratings are the least");
        else if (bars.Where(b => !double.IsNaN(b.Difference)).MaxBy(b => b.Difference) is { } best)
            Console.WriteLine($"the bar {best.Bar:0.00} parts them most: {best.Difference:P1} more are satisfied above it");
    }

    private static string Json(int count, IReadOnlyList<RatingsByScore> bars) => new JsonObject
    {
        ["rated"] = count, ["enough"] = count >= Few,
        ["bars"] = new JsonArray([.. bars.Select(b => new JsonObject
        {
            ["bar"] = b.Bar, ["above"] = new JsonArray(b.Above.Hits, b.Above.Of),
            ["below"] = new JsonArray(b.Below.Hits, b.Below.Of),
        })]),
    }.ToJsonString(FiguresView.Indented);
}
