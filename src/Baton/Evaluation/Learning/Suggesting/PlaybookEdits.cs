using Baton.Knowledge.Importing;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>Puts accepted suggestions into the files of a playbook, as lines beside those that are there.</summary>
internal static class PlaybookEdits
{
    private const string Main = "playbook.yaml", Synonyms = "synonyms:", Examples = "examples:";

    /// <summary>The changed files by path, and what stands in a way that only a person should change.</summary>
    /// <param name="files">Texts by path inside the folder, with forward slashes.</param>
    public static (IReadOnlyDictionary<string, string> Changed, IReadOnlyList<LearntSuggestion> LeftOut) Apply(
        IReadOnlyDictionary<string, string> files, IEnumerable<LearntSuggestion> accepted)
    {
        var (now, left) = (new Dictionary<string, string>(), new List<LearntSuggestion>());
        foreach (var suggestion in accepted)
        {
            var (path, text) = Of(p => now.GetValueOrDefault(p) ?? files.GetValueOrDefault(p), files.Keys, suggestion);
            if (text is null) left.Add(suggestion);
            // What an earlier patch has put there is not put there again.
            else if (text != (now.GetValueOrDefault(path) ?? files.GetValueOrDefault(path))) now[path] = text;
        }
        return (now, left);
    }

    private static (string Path, string? Text) Of(
        Func<string, string?> read, IEnumerable<string> paths, LearntSuggestion suggestion)
    {
        var (article, heading) = suggestion.Target.IndexOf('#') is >= 0 and var mark
            ? (suggestion.Target[..mark], suggestion.Target[(mark + 1)..]) : (suggestion.Target, "");
        switch (suggestion.Kind)
        {
            case SuggestionKind.Example:
                var intent = paths.FirstOrDefault(p => p.StartsWith("intents/", StringComparison.Ordinal)
                    && Lines(read(p)!).Contains($"name: {suggestion.Target}")) ?? "";
                return (intent, read(intent) is { } yaml ? Below(yaml, Examples, suggestion.Text) : null);
            case SuggestionKind.Question:
                var questions = $"knowledge/questions/{article}.yaml";
                return (questions, heading.Length == 0 ? null : Asked(read(questions) ?? "", heading, suggestion.Text));
            case SuggestionKind.Section:
                var body = $"knowledge/{article}.md";
                return (body, read(body) is { } markdown ? Said(markdown, heading, suggestion.Text) : null);
            default:
                return (Main, read(Main) is { } main ? Same(main, suggestion) : null);
        }
    }

    /// <summary>As the first item of a list; null where it is written on one line.</summary>
    private static string? Below(string yaml, string key, string text)
    {
        var lines = Lines(yaml);
        var at = lines.FindIndex(l => l.TrimEnd() == key);
        if (at < 0) return null;
        if (lines.Contains($"  - {ArticleFile.Quoted(text)}")) return yaml;
        lines.Insert(at + 1, $"  - {ArticleFile.Quoted(text)}");
        return string.Join('\n', lines);
    }

    private static string? Asked(string yaml, string heading, string text)
    {
        var lines = Lines(yaml);
        var at = lines.FindIndex(l => l.TrimEnd() == heading + ":" || l.TrimEnd() == ArticleFile.Quoted(heading) + ":");
        if (lines.Contains($"  - {ArticleFile.Quoted(text)}")) return yaml;
        if (at >= 0) lines.Insert(at + 1, $"  - {ArticleFile.Quoted(text)}");
        else if (lines.Any(l => l.StartsWith(heading + ":", StringComparison.Ordinal))) return null;
        else
            lines.InsertRange(lines[^1].Length == 0 ? lines.Count - 1 : lines.Count,
                [ArticleFile.Quoted(heading) + ":", $"  - {ArticleFile.Quoted(text)}"]);
        return EndsWithLine(lines);
    }

    /// <summary>A paragraph at the end of the section; a heading that is not there is added at the end.</summary>
    private static string? Said(string markdown, string heading, string text)
    {
        var lines = Lines(markdown);
        if (lines.Contains(text)) return markdown;
        var at = lines.FindIndex(l => l.Trim() == "## " + heading);
        if (heading.Length == 0 || (at < 0 && heading.Contains(" › ", StringComparison.Ordinal))) return null;
        if (at < 0)
            return EndsWithLine([.. lines.SkipLast(lines[^1].Length == 0 ? 1 : 0), "", "## " + heading, "", text]);
        var end = lines.FindIndex(at + 1, l => l.StartsWith('#'));
        if (end < 0) end = lines.Count;
        while (end > at + 1 && lines[end - 1].Trim().Length == 0) end--;
        lines.InsertRange(end, ["", text]);
        return EndsWithLine(lines);
    }

    private static string Same(string yaml, LearntSuggestion suggestion)
    {
        var lines = Lines(yaml);
        var words = $"  - [{ArticleFile.Quoted(suggestion.Target)}, {ArticleFile.Quoted(suggestion.Text)}]";
        if (lines.Contains(words)) return yaml;
        var at = lines.FindIndex(l => l.TrimEnd() == Synonyms);
        if (at >= 0) lines.Insert(at + 1, words);
        else lines.InsertRange(lines[^1].Length == 0 ? lines.Count - 1 : lines.Count, [Synonyms, words]);
        return EndsWithLine(lines);
    }

    private static List<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n')];

    private static string EndsWithLine(List<string> lines) => string.Join('\n', lines).TrimEnd('\n') + "\n";
}
