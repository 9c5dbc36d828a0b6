using System.CommandLine;
using Baton.Evaluation.Drafting;
using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Playbooks.Imports;
using Baton.Privacy;

namespace Baton.Server.Cli.Knowing;

/// <summary><c>baton knowledge import</c>: one source, as drafts.</summary>
internal static class KnowledgeImport
{
    public static Command Command()
    {
        var path = new Argument<string>("path") { Description = "A file or folder: docs/knowledge.md." };
        var playbook = Places.Playbook();
        var kind = new Option<string?>("--kind")
        {
            Description = $"What it is: {string.Join(", ", EnumWords.All<SourceKind>())}. Default: by its ending and content.",
        };
        var source = new Option<string?>("--source")
        {
            Description = "Name that its articles remember, so that the next import knows them (default: the kind).",
        };
        var language = new Option<string>("--language")
        {
            Description = "Language of articles that do not say theirs.", DefaultValueFactory = _ => "en",
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Also over drafts that people have edited." };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be written." };
        var command = new Command(
            "import", "Take articles from elsewhere into knowledge/drafts, where nothing reads them until they are activated.")
        {
            path, playbook, kind, source, language, overwrite, dry, ImportView.Json,
        };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(Import(
            parsed.GetValue(playbook)!, new ImportSource(
                parsed.GetValue(source) ?? "", Kind(parsed.GetValue(kind), parsed.GetValue(path)!),
                Path.GetFullPath(parsed.GetValue(path)!)) { Language = Language(parsed.GetValue(language)!) },
            parsed.GetValue(overwrite), !parsed.GetValue(dry), parsed.GetValue(ImportView.Json)))));
        return command;
    }

    /// <summary>Reads a source and writes its drafts.</summary>
    /// <exception cref="CliError">It cannot be read at all.</exception>
    public static ImportReport Take(string playbook, ImportSource source, bool overwrite, bool write)
    {
        try
        {
            var limits = new ImportLimits();
            var content = source.Kind == SourceKind.Tickets
                ? new ResolvedTickets(new Redactor(), limits).Read(source.Path)
                : SourceReader.Read(source.Kind, source.Path, limits);
            return DraftFolder.Open(playbook).Take(source, content, overwrite, write);
        }
        catch (ImportException error)
        {
            throw new CliError(error.Message);
        }
    }

    private static int Import(string playbook, ImportSource source, bool overwrite, bool write, bool json)
    {
        if (source.Name.Length == 0) source = source with { Name = EnumWords.Of(source.Kind) };
        if (!IsName(source.Name))
            throw new CliError($"--source '{source.Name}' is no name: use small letters, digits and hyphens");
        var report = Take(playbook, source, overwrite, write);
        ImportView.Print([report], json, write);
        return report.Unreadable.Count > 0 ? 2 : 0;
    }

    private static bool IsName(string name) => name.Length <= 64 && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static SourceKind Kind(string? word, string path)
    {
        if (word is not null)
            return EnumWords.Find<SourceKind>(word) ?? throw new CliError(
                $"--kind '{word}' is no kind of source{Suggestion.Hint(word, [.. EnumWords.All<SourceKind>()])}");
        if (!File.Exists(path) && !Directory.Exists(path)) throw new CliError($"{path}: no such file or folder");
        return SourceReader.Guess(path) ?? throw new CliError(
            $"{path}: what is it? Say --kind {string.Join(", ", EnumWords.All<SourceKind>())}");
    }

    private static string Language(string language) =>
        language.Length == 2 && language.All(char.IsAsciiLetterLower) ? language
            : throw new CliError($"--language '{language}' is no language; write its ISO 639-1 code such as en");
}
