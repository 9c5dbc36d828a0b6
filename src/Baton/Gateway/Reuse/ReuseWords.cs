using System.Collections.Frozen;

namespace Baton.Gateway.Reuse;

/// <summary>
/// Words that decide whether two questions may share an answer, in normal form (lower case, no accents).
/// </summary>
internal static class ReuseWords
{
    private const string Resource = "Baton.Gateway.Reuse.Words.reuse.txt";

    private static readonly Dictionary<string, string[]> Sections = Read();

    public static FrozenSet<string> Negations { get; } = Sections["negations"].ToFrozenSet();

    /// <summary>Words that say how a sentence is built and not what it is about.</summary>
    public static FrozenSet<string> Function { get; } = Sections["function"].ToFrozenSet();

    /// <summary>
    /// Question words and directions: what is asked, and which way round. Both questions have them or neither.
    /// </summary>
    public static FrozenSet<string> Exact { get; } = Sections["exact"].ToFrozenSet();

    /// <summary>Numbers in words and what they stand for.</summary>
    public static FrozenDictionary<string, string> Numbers { get; } = Sections["numbers"]
        .Select(w => w.Split('=')).ToFrozenDictionary(w => w[0], w => w[1]);

    private static Dictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(typeof(ReuseWords).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd().Split('[', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(']')).ToDictionary(
                part => part[0],
                part => part[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray());
    }
}
