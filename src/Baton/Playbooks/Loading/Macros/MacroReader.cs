using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Macros;

namespace Baton.Playbooks.Loading.Macros;

/// <summary>Reads <c>macros/*.md</c>: front matter, then the text with its holes.</summary>
internal static partial class MacroReader
{
    public const string Folder = "macros";

    /// <summary>Longest title, longest text and longest word on what belongs into a hole, characters.</summary>
    private const int LongestTitle = 100, LongestText = 10_000, LongestAsk = 200;

    /// <param name="fields">Names of the playbook's fields: they are holes, too.</param>
    public static IReadOnlyList<Macro> Read(
        IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> fields, LoadState state) =>
        [.. files.Select(file => ReadOne(file, fields, state)).OfType<Macro>()];

    private static Macro? ReadOne(SourceFile file, IReadOnlyCollection<string> fields, LoadState state)
    {
        Names.CheckShape(new Located(file.Stem, file, 1, 1), "macro", state.Problems, hyphens: true);
        if (FrontMatter.Read(file, $"macro '{file.Stem}'", state) is not { } front) return null;
        var section = front.Fields;
        var title = section.RequiredLocated("title", "Refund is on its way");
        if (title is { } named && named.Text.Length > LongestTitle)
            state.Problems.Add(named, $"'title' has {named.Text.Length} characters, the limit is {LongestTitle}");
        var queues = section.Texts("queues");
        foreach (var queue in queues) state.Queues.Check(queue, $"macro '{file.Stem}'", state.Problems);
        var language = section.Located("language");
        BrandReader.CheckLanguage(language, state.Problems);
        var macro = new Macro
        {
            Name = file.Stem, Title = title?.Text ?? file.Stem, Text = file.Text[front.TextAt..].Trim('\n'),
            Queues = [.. queues.Select(q => q.Text)], Language = language?.Text, Asks = Asks(section, state),
        };
        section.Close();
        CheckText(file, front.TextAt, macro, fields, state.Problems);
        return macro;
    }

    private static Dictionary<string, string> Asks(Section section, LoadState state)
    {
        var asks = new Dictionary<string, string>();
        foreach (var entry in section.Child("ask")?.Entries ?? [])
        {
            var at = new Located(entry.Key, section.File, entry.Line, entry.Column);
            Names.CheckShape(at, "hole", state.Problems);
            if (MacroHoles.Known.Contains(entry.Key))
                state.Problems.Add(at, $"'{entry.Key}' is filled from the ticket; give the hole another name");
            var what = section.ToText(entry.Value, entry.Key);
            if (what?.Text.Length > LongestAsk)
                state.Problems.Add(at, $"'{entry.Key}' has {what.Value.Text.Length} characters, the limit is {LongestAsk}");
            asks[entry.Key] = what?.Text ?? "";
        }
        return asks;
    }

    private static void CheckText(
        SourceFile file, int textAt, Macro macro, IReadOnlyCollection<string> fields, ProblemList problems)
    {
        var first = 1 + file.Text.AsSpan(0, textAt).Count('\n');
        if (string.IsNullOrWhiteSpace(macro.Text))
            problems.Add(file.Path, first, null, $"macro '{macro.Name}' has no text below its front matter");
        if (macro.Text.Length > LongestText)
            problems.Add(file.Path, first, null,
                $"macro '{macro.Name}' has {macro.Text.Length} characters, the limit is {LongestText}");
        var known = (string[])[.. MacroHoles.Known, .. fields, .. macro.Asks.Keys];
        foreach (var (index, line) in file.Text[textAt..].Split('\n').Index())
        {
            if (Brace().IsMatch(Hole().Replace(line, "")))
                problems.Add(file.Path, first + index, null,
                    $"macro '{macro.Name}' has a brace that is not a hole; write {{name}} with both braces");
            foreach (var hole in MacroHoles.Of(line).Where(hole => !known.Contains(hole)))
                problems.Add(file.Path, first + index, null,
                    $"macro '{macro.Name}': unknown hole '{{{hole}}}'{Suggestion.Hint(hole, known)}; what the person "
                    + "fills in is declared under 'ask' in the front matter");
        }
        foreach (var asked in macro.Asks.Keys.Except(MacroHoles.Of(macro.Text)))
            problems.Warn(file.Path, 1, null, $"macro '{macro.Name}' asks for '{asked}', but has no hole {{{asked}}}");
    }

    [GeneratedRegex(@"[{}]")]
    private static partial Regex Brace();

    [GeneratedRegex(@"\{[a-z][a-z0-9_]*\}")]
    private static partial Regex Hole();
}
