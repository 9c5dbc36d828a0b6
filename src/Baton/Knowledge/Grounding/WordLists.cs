using System.Collections.Frozen;
using Baton.Text.Words;

namespace Baton.Knowledge.Grounding;

/// <summary>The word lists of the grounding check, from <c>Knowledge/Words</c>.</summary>
internal static class WordLists
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Polarity = Lines("polarity")
        .Select(line => line.Split(':'))
        .ToFrozenDictionary(p => p[0], p => p[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet());

    public static readonly FrozenSet<string> Negations = Polarity["negation"];

    public static readonly FrozenSet<string> Absolutes = Polarity["absolute"];

    public static readonly FrozenSet<string> Hedges = Polarity["hedge"];

    public static readonly FrozenSet<string> Chat = Polarity["chat"];

    public static readonly FrozenSet<string> Courtesy = Polarity["courtesy"].Select(EnglishStemmer.Stem).ToFrozenSet();

    private static readonly FrozenDictionary<string, FrozenSet<string>> Opposites = ReadOpposites();

    private static readonly string[] NegativePrefixes = ["un", "in", "im", "ir", "il", "dis", "non", "mis"];

    /// <summary>The stems that mean the opposite of a stem, as listed.</summary>
    public static FrozenSet<string> OppositesOf(string stem) => Opposites.GetValueOrDefault(stem, []);

    /// <summary>Whether two stems differ by a prefix that negates ("able" and "unable").</summary>
    public static bool DifferByNegation(string a, string b)
    {
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        if (shorter.Length < 4 || !longer.EndsWith(shorter, StringComparison.Ordinal)) return false;
        return NegativePrefixes.Contains(longer[..^shorter.Length]);
    }

    private static FrozenDictionary<string, FrozenSet<string>> ReadOpposites()
    {
        var opposites = new Dictionary<string, HashSet<string>>();
        foreach (var line in Lines("opposites"))
        {
            var sides = line.Split('|')
                .Select(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(EnglishStemmer.Stem).ToArray())
                .ToArray();
            foreach (var (word, others) in sides[0].Select(w => (w, sides[1]))
                .Concat(sides[1].Select(w => (w, sides[0]))))
            {
                if (!opposites.TryGetValue(word, out var set)) opposites[word] = set = [];
                set.UnionWith(others);
            }
        }
        return opposites.ToFrozenDictionary(o => o.Key, o => o.Value.ToFrozenSet());
    }

    internal static IEnumerable<string> Lines(string name)
    {
        var assembly = typeof(WordLists).Assembly;
        var resource = assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith($"Knowledge.Words.{name}.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line;
    }
}
