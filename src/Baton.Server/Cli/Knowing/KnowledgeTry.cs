using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Storage;

namespace Baton.Server.Cli.Knowing;

/// <summary>
/// <c>baton knowledge try</c>: what past tickets would get with changed articles, before these are saved.
/// </summary>
internal static class KnowledgeTry
{
    private static readonly Option<string?> Tickets = new("--tickets")
    {
        Description = "Decide these tickets, one JSON object per line.",
    };

    private static readonly Option<string?> FromDatabase = new("--db")
    {
        Description = "Decide the newest 5,000 tickets of this database, by what was written first, redacted.",
    };

    public static Command Command()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Changed articles (returns.md) and files of questions (returns.yaml), from anywhere.",
            Arity = ArgumentArity.OneOrMore,
        };
        var playbook = Places.Playbook();
        var command = new Command("try", "Tell which past tickets changed articles would answer differently.")
        {
            files, playbook, Tickets, FromDatabase, ImportView.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => TryAsync(
            parsed, parsed.GetValue(files)!, parsed.GetValue(playbook)!, token)));
        return command;
    }

    private static async Task<int> TryAsync(
        ParseResult parsed, string[] files, string playbook, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        var tickets = await TicketsAsync(parsed, scratch);
        var candidate = Path.Combine(scratch.Path, "playbook");
        Activation.Copy(playbook, candidate);
        foreach (var file in files) Put(file, candidate);
        if (PlaybookLoader.Load(candidate) is LoadedPlaybook.Invalid wrong)
            throw new CliError("with them the playbook has mistakes: "
                + string.Join("; ", wrong.Problems.Take(3).Select(p => p.ToString())));
        var before = await AnswerRun.DecideAsync(playbook, tickets, quiet: true, cancellationToken);
        var after = await AnswerRun.DecideAsync(candidate, tickets, quiet: true, cancellationToken);
        var then = after.Decisions.ToDictionary(d => d.TicketId);
        var changed = before.Decisions.Where(d => then.ContainsKey(d.TicketId))
            .Select(d => (Id: d.TicketId, Before: Shown.Of(d), After: Shown.Of(then[d.TicketId])))
            .Where(d => d.Before.Outcome != d.After.Outcome || !d.Before.Sections.SequenceEqual(d.After.Sections))
            .ToList();
        if (parsed.GetValue(ImportView.Json))
            Console.WriteLine(new JsonObject
            {
                ["tickets"] = before.Decisions.Count,
                ["changed"] = new JsonArray([.. changed.Select(c => new JsonObject
                {
                    ["ticket_id"] = c.Id, ["before"] = c.Before.ToJson(), ["after"] = c.After.ToJson(),
                })]),
            }.ToJsonString(FiguresView.Indented));
        else
        {
            foreach (var (id, was, becomes) in changed) TerminalText.WriteLine($"{id}  {was}  →  {becomes}");
            Console.WriteLine($"{changed.Count} of {before.Decisions.Count} tickets come out differently; "
                + "nothing was saved");
        }
        return 0;
    }

    private static async Task<string> TicketsAsync(ParseResult parsed, ScratchFolder scratch)
    {
        switch ((parsed.GetValue(Tickets), parsed.GetValue(FromDatabase)))
        {
            case ({ } file, null):
                return File.Exists(file) ? file : throw new CliError($"{file}: no such file");
            case (null, { } path):
                if (!DatabaseFile.Exists(path)) throw new CliError($"{path}: no such file");
                var past = Path.Combine(scratch.Path, "past.jsonl");
                await using (var database = Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System))
                    await File.WriteAllLinesAsync(past, PastTickets.Of(database));
                return past;
            default:
                throw new CliError("name the past tickets, by --tickets FILE or --db DATABASE");
        }
    }

    /// <summary>Where a file of its name is in a playbook.</summary>
    private static void Put(string file, string playbook)
    {
        if (!File.Exists(file)) throw new CliError($"{file}: no such file");
        var folder = Path.GetExtension(file) switch
        {
            ".md" => Path.Combine(playbook, "knowledge"),
            ".yaml" => Path.Combine(playbook, "knowledge", "questions"),
            _ => throw new CliError($"{file}: is no article (.md) and no file of questions (.yaml)"),
        };
        Directory.CreateDirectory(folder);
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>
    /// What a customer would see of a decision: the sections of the reply, else those that are offered.
    /// </summary>
    private sealed record Shown(string Outcome, double? Probability, IReadOnlyList<string> Sections)
    {
        public static Shown Of(Decision decision) => new(
            EnumWords.Of(decision.Outcome), decision.AnswerProbability,
            decision.Citations.Count > 0
                ? [.. decision.Citations.Select(c => $"{c.ArticleId}#{c.Heading}")]
                : [.. decision.Offers.Select(o => $"{o.ArticleId}#{o.Heading}")]);

        public JsonObject ToJson() => new()
        {
            ["outcome"] = Outcome, ["answer_probability"] = Probability,
            ["sections"] = new JsonArray([.. Sections.Select(s => (JsonNode)s)]),
        };

        public override string ToString() =>
            $"{Outcome}{(Probability is { } p ? $" {p:0.00}" : "")}"
            + (Sections.Count == 0 ? "" : $" ({string.Join(", ", Sections)})");
    }
}
