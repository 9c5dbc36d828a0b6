using System.Reflection;

namespace Baton.Triage.Tone.Phrases;

/// <summary>
/// Reads <c>Words/*.txt</c>. Notation: <c>[topic level flag …]</c> opens a group; each line below holds patterns
/// separated by commas; <c>@name = word, word</c> names a class of words; <c>#</c> begins a comment. In a pattern:
/// <c>word</c> itself · <c>word~</c> with its verb and plural endings · <c>@name</c> one of a class ·
/// <c>(a|b|@c)</c> one of these · <c>word?</c> may be absent · <c>..</c> up to 3 other words · <c>...</c> up to 6 ·
/// <c>&lt;number&gt;</c> any number.
/// </summary>
internal sealed class PhraseBookReader
{
    private const string AnyNumber = "<number>";
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private readonly Dictionary<string, HashSet<string>> _named = [];
    private readonly Dictionary<string, int> _classIds = [];
    private readonly Dictionary<string, HashSet<int>> _classesOfWord = [];
    private readonly List<PhrasePattern> _patterns = [];

    /// <summary>The book made of these embedded files, in order; later files see the classes of earlier ones.</summary>
    public static PhraseBook Embedded(params string[] resources)
    {
        var reader = new PhraseBookReader();
        foreach (var name in resources) reader.Add(name, Lines(Assembly.GetExecutingAssembly(), name));
        return reader.Build();
    }

    /// <summary>The book made of these lines; for tests and small vocabularies.</summary>
    public static PhraseBook Of(params string[] lines)
    {
        var reader = new PhraseBookReader();
        reader.Add("lines", lines);
        return reader.Build();
    }

    private PhraseBook Build()
    {
        ClassId(AnyNumber, [AnyNumber]);
        foreach (var number in _classesOfWord.Where(w => w.Key.All(char.IsDigit)))
            number.Value.UnionWith(_classesOfWord[AnyNumber]);
        var classes = _classesOfWord.ToDictionary(w => w.Key, w => w.Value.ToArray());
        return new PhraseBook(classes, _classIds.Count, _patterns);
    }

    private static IEnumerable<string> Lines(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"the embedded word list '{resource}' is missing from the build");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private void Add(string file, IEnumerable<string> lines)
    {
        PhraseTopic? topic = null;
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Split('#')[0].Trim();
            if (line.Length == 0) continue;
            if (line[0] == '[') topic = ReadTopic(file, number, line);
            else if (line[0] == '@' && line.Contains('=')) ReadClass(line);
            else AddPatterns(topic ?? throw Error(file, number, "a pattern stands before the first [topic]"), line);
        }
    }

    private static PhraseTopic ReadTopic(string file, int number, string line)
    {
        var parts = line.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var level = 0.0;
        if (parts.Length > 1 && !double.TryParse(parts[1], out level))
            throw Error(file, number, $"'{parts[1]}' is not a level");
        return new PhraseTopic(parts[0], level, parts.Skip(2).ToHashSet());
    }

    private void ReadClass(string line)
    {
        var parts = line.Split('=', 2);
        var name = parts[0].Trim();
        if (!_named.TryGetValue(name, out var words)) _named[name] = words = [];
        foreach (var word in parts[1].Split(',', Trimmed))
            words.UnionWith(word.Contains(' ') || word.Contains('-')
                ? throw new FormatException($"'{word}' in {name}: a class holds single words")
                : Alternatives(word));
    }

    private void AddPatterns(PhraseTopic topic, string line)
    {
        foreach (var pattern in line.Split(',', Trimmed))
            Expand(topic, Parts(pattern), [], gap: 0);
    }

    /// <summary>The words and groups of a pattern. A hyphen separates words, as it does in the texts.</summary>
    private static List<string> Parts(string pattern)
    {
        var parts = new List<string>();
        var depth = 0;
        var from = 0;
        var text = pattern.Replace('-', ' ') + " ";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            else if (text[i] == ')') depth--;
            else if (text[i] == ' ' && depth == 0)
            {
                if (i > from) parts.Add(text[from..i]);
                from = i + 1;
            }
        }
        return depth == 0 ? parts : throw new FormatException($"unbalanced parentheses in '{pattern}'");
    }

    /// <summary>
    /// Compiles a pattern; optional words and alternatives of several words become patterns of their own.
    /// </summary>
    private void Expand(PhraseTopic topic, List<string> parts, List<PhraseElement> elements, int gap)
    {
        if (parts.Count == 0)
        {
            if (elements.Count > 0) _patterns.Add(new PhrasePattern(topic, [.. elements]));
            return;
        }
        var part = parts[0];
        var rest = parts[1..];
        if (part is ".." or "...")
        {
            Expand(topic, rest, elements, part.Length == 2 ? 3 : 6);
            return;
        }
        if (part[^1] == '?') Expand(topic, rest, elements, gap);
        part = part.TrimEnd('?');
        if (part[0] == '(' && part.Contains(' '))
        {
            foreach (var phrase in part.Trim('(', ')').Split('|').Where(p => p.Contains(' ')))
                Expand(topic, [.. Parts(phrase), .. rest], elements, gap);
            part = $"({string.Join('|', part.Trim('(', ')').Split('|').Where(p => !p.Contains(' ')))})";
            if (part == "()") return;
        }
        var element = new PhraseElement(ClassId(part, Alternatives(part)), elements.Count == 0 ? 0 : gap);
        Expand(topic, rest, [.. elements, element], 0);
    }

    private int ClassId(string name, IEnumerable<string> words)
    {
        if (_classIds.TryGetValue(name, out var id)) return id;
        id = _classIds[name] = _classIds.Count;
        foreach (var word in words)
        {
            if (!_classesOfWord.TryGetValue(word, out var ids)) _classesOfWord[word] = ids = [];
            ids.Add(id);
        }
        return id;
    }

    private IEnumerable<string> Alternatives(string word)
    {
        if (word[0] == '(') return word.Trim('(', ')').Split('|').SelectMany(Alternatives);
        if (word[0] == '@')
            return _named.TryGetValue(word, out var set)
                ? set
                : throw new FormatException($"no class is called '{word}'");
        if (word.StartsWith("face_", StringComparison.Ordinal)) return [Emoticons.Code(word).ToString()];
        return word[^1] == '~' ? Inflection.Of(word[..^1]) : [word];
    }

    private static FormatException Error(string file, int line, string what) => new($"{file}:{line}: {what}");
}
