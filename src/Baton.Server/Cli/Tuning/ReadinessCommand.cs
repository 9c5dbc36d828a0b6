using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Readiness;
using Baton.Conversations;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Tuning;

/// <summary><c>baton readiness</c>: says of a team's own history whether it should use Baton at all.</summary>
internal static class ReadinessCommand
{
    private const int MostLines = 500_000, MostDecided = 400;

    public static Command Command()
    {
        var history = new Argument<string>("history") { Description = "A history that `baton import` wrote." };
        var playbook = new Option<string?>("--playbook")
        {
            Description = "Also decide a sample of it with this playbook, and project the answered share.",
        };
        var command = new Command("readiness", "Say whether a team should use Baton: volume, tiers, labels, what rules "
            + "alone get right, build or buy, six weeks with their gates.")
        {
            history, playbook, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            var lines = Read(parsed.GetValue(history)!);
            Rate? answered = parsed.GetValue(playbook) is { } folder
                ? await ProjectAsync(lines, folder, token) : null;
            var advice = ReadinessAdvice.Of(HistoryFacts.Of(lines), answered);
            if (parsed.GetValue(MeasureCommand.Json))
                Console.WriteLine(advice.ToJson().ToJsonString(FiguresView.Indented));
            else Print(advice);
            return 0;
        }));
        return command;
    }

    private static List<PastLine> Read(string file)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        var (lines, number) = (new List<PastLine>(), 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (lines.Count == MostLines) throw new CliError($"{file}: more than {MostLines:N0} tickets; split the file");
            try
            {
                lines.Add(PastLine.Of(line, $"{file}:{number}"));
            }
            catch (FormatException error)
            {
                throw new CliError(error.Message);
            }
        }
        return lines.Count > 0 ? lines : throw new CliError($"{file}: holds no ticket");
    }

    /// <summary>A run over a sample spread evenly over the history: how much would have been answered.</summary>
    private static async Task<Rate> ProjectAsync(
        List<PastLine> lines, string playbook, CancellationToken cancellationToken)
    {
        PlaybookCommand.Load(playbook);
        using var scratch = new ScratchFolder();
        var file = Path.Combine(scratch.Path, "sample.jsonl");
        var asked = lines.Where(l => l.Text.Length > 0).ToList();
        var step = Math.Max(1.0, asked.Count / (double)MostDecided);
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Math.Min(asked.Count, MostDecided))
            .Select(i => asked[(int)(i * step)])
            .Select((l, i) => new JsonObject { ["id"] = $"H-{i}", ["body"] = l.Text }.ToJsonString()), cancellationToken);
        var (decisions, _, _) = await AnswerRun.DecideAsync(playbook, file, quiet: true, cancellationToken);
        return new Rate(decisions.Count(d => d.Outcome == OutcomeKind.Replied), decisions.Count);
    }

    private static void Print(ReadinessAdvice advice)
    {
        var facts = advice.Facts;
        Console.WriteLine(advice.IsYes ? "YES: Baton fits this team" : "NO: this team should not use Baton");
        foreach (var reason in advice.Reasons) Console.WriteLine($"  because  {reason}");
        foreach (var note in advice.Notes) Console.WriteLine($"  note     {note}");
        Console.WriteLine($"""
              tickets           {facts.Tickets:N0}, {facts.PerDay:0.#} a day
              tiers             {facts.Tiers}
              labels            {facts.MonthsOfLabels:0.#} months
              rules alone       {(facts.Rules is { } rules ? ReadinessAdvice.Share(rules) : "not known")}, routed as people did, cross-validated
              live channels     {ReadinessAdvice.Share(facts.LiveChannels)}
              regulated         {ReadinessAdvice.Share(facts.Regulated)}
              answered          {(advice.Answered is { } rate ? ReadinessAdvice.Share(rate) : "not projected: name a playbook with --playbook")}
              build or buy      {advice.Build}
            before Baton, to hold every later figure against:
              false escalations {ReadinessAdvice.Share(facts.Before.FalseEscalations)}
              rerouted          {ReadinessAdvice.Share(facts.Before.Rerouted)}
              first reply       {(double.IsNaN(facts.Before.MedianFirstReplyMinutes) ? "not known" : $"{facts.Before.MedianFirstReplyMinutes:0} minutes (median)")}
              satisfied         {ReadinessAdvice.Share(facts.Before.Satisfied)}
            """);
        if (!advice.IsYes) return;
        Console.WriteLine("six weeks, each with the gate that lets the next begin:");
        foreach (var (week, gate) in ReadinessAdvice.Weeks) Console.WriteLine($"  {week}: {gate}");
    }
}
