using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Evaluation.Drafting;
using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Storage;

namespace Baton.Server.Cli.Knowing;

/// <summary><c>baton knowledge suggest</c>: questions for sections that have few, to paste.</summary>
internal static class KnowledgeSuggest
{
    private static readonly Option<string?> Tickets = new("--tickets")
    {
        Description = "Take questions from these tickets, one JSON object per line.",
    };

    private static readonly Option<string?> FromDatabase = new("--db")
    {
        Description = "Take questions from the newest 5,000 tickets of this database.",
    };

    private static readonly Option<int> FewerThan = new("--fewer-than")
    {
        Description = "For sections with fewer questions.", DefaultValueFactory = _ => 4,
    };

    private static readonly Option<int> Most = new("--most")
    {
        Description = "Questions a section at most.", DefaultValueFactory = _ => 8,
    };

    private static readonly Option<bool> Write = new("--write")
    {
        Description = "Put them under sections without any, where the golden tickets allow it; else end with 1.",
    };

    public static Command Command()
    {
        var playbook = Places.Playbook();
        var command = new Command(
            "suggest", "Propose questions for sections that have few, from tickets and from the intents' examples.")
        {
            playbook, Tickets, FromDatabase, FewerThan, Most, Write, ImportView.Json,
        };
        command.SetAction((parsed, token) =>
            CliError.Guard(() => SuggestAsync(parsed, parsed.GetValue(playbook)!, token)));
        return command;
    }

    private static async Task<int> SuggestAsync(
        ParseResult parsed, string playbook, CancellationToken cancellationToken)
    {
        var (write, json) = (parsed.GetValue(Write), parsed.GetValue(ImportView.Json));
        var made = await MakeAsync(parsed, playbook, cancellationToken);
        // A section that people have given questions is theirs.
        var free = made.Where(s => s.Has == 0).ToList();
        var result = write && free.Count > 0
            ? await new Activation(playbook, unmeasured: false).TryAsync(
                [.. free.Select(s => $"{s.ArticleId}#{s.Heading}")], folder => Append(folder, free), cancellationToken)
            : null;
        if (json) Console.WriteLine(ToJson(made, result).ToJsonString(FiguresView.Indented));
        else Print(made, result);
        return result is { Why: not null } ? 1 : 0;
    }

    private static async Task<IReadOnlyList<SectionSuggestions>> MakeAsync(
        ParseResult parsed, string playbook, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        await using var services = await CliHost.BuildAsync(
            RunCommand.Options(playbook, null, Path.Combine(scratch.Path, "run.db"), null, keeps: false));
        var vectors = services.GetRequiredService<LocalEncoder>().Vectors ?? throw new CliError(
            "suggestions need the sentence encoder: docs/local-tier/encoder.md");
        var folder = services.GetRequiredService<LocalModelOptions>().CacheFolder;
        var (file, path) = (parsed.GetValue(Tickets), parsed.GetValue(FromDatabase));
        if (file is not null && !File.Exists(file)) throw new CliError($"{file}: no such file");
        if (path is not null && !DatabaseFile.Exists(path)) throw new CliError($"{path}: no such file");
        await using var database = path is null ? null
            : Database.Open(new DatabaseOptions { Path = path }, TimeProvider.System);
        try
        {
            var messages = (file is null ? [] : AskedMessages.Of(file, services.GetRequiredService<Redactor>()))
                .Concat(database is null ? [] : AskedMessages.Of(database));
            return await new QuestionSuggestions(vectors, folder).OfAsync(
                services.GetRequiredService<PlaybookHost>().Current, messages, parsed.GetValue(FewerThan),
                parsed.GetValue(Most), cancellationToken);
        }
        catch (ImportException error)
        {
            throw new CliError(error.Message);
        }
    }

    /// <summary>At the end of each article's file of questions; a heading that has an entry is left alone.</summary>
    private static void Append(string playbook, IReadOnlyList<SectionSuggestions> made)
    {
        foreach (var article in made.GroupBy(s => s.ArticleId))
        {
            var path = Path.Combine(playbook, "knowledge", "questions", $"{article.Key}.yaml");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var before = File.Exists(path) ? File.ReadAllText(path).TrimEnd() + "\n" : "";
            File.WriteAllText(path, before.TrimStart('\n') + Yaml(article));
        }
    }

    private static string Yaml(IEnumerable<SectionSuggestions> sections) => ArticleFile.Questions(sections.ToDictionary(
        s => s.Heading, s => (IReadOnlyList<string>)[.. s.Questions.Select(q => q.Text)]));

    private static void Print(IReadOnlyList<SectionSuggestions> made, Activation.Result? result)
    {
        foreach (var article in made.GroupBy(s => s.ArticleId))
        {
            Console.WriteLine($"# knowledge/questions/{article.Key}.yaml");
            foreach (var section in article)
            {
                TerminalText.WriteLine($"{ArticleFile.Quoted(section.Heading)}:");
                foreach (var question in section.Questions)
                    TerminalText.WriteLine(
                        $"  - {ArticleFile.Quoted(question.Text)}   # {question.Similarity:0.00}, {question.From}");
            }
        }
        Console.WriteLine($"# {made.Count} sections, {made.Sum(s => s.Questions.Count)} questions; "
            + "a question belongs where this section answers it, and only this one: read them");
        if (result is not null) KnowledgeActivate.Print(result);
    }

    private static JsonObject ToJson(IReadOnlyList<SectionSuggestions> made, Activation.Result? result) => new()
    {
        ["sections"] = new JsonArray([.. made.Select(s => new JsonObject
        {
            ["article"] = s.ArticleId, ["heading"] = s.Heading, ["has"] = s.Has,
            ["questions"] = new JsonArray([.. s.Questions.Select(q => new JsonObject
            {
                ["text"] = q.Text, ["similarity"] = q.Similarity, ["from"] = q.From,
            })]),
        })]),
        ["activation"] = result is null ? null : KnowledgeActivate.ToJson(result),
    };
}
