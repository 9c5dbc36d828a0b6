using System.Reflection;

namespace Baton.Privacy.Finding;

/// <summary>The word lists as one table from word hash to classes: one look-up per token.</summary>
internal static class Lexicon
{
    private static readonly uint[] Tags;
    private static readonly WordClass[] Classes;

    static Lexicon() => (Tags, Classes) = Load();

    /// <summary>The classes of a word by the hash of its lower-case form.</summary>
    public static WordClass Of(ulong hash)
    {
        var tags = Tags;
        var tag = Tag(hash);
        for (var slot = Slot(hash, tags.Length); ; slot = (slot + 1) & (tags.Length - 1))
        {
            if (tags[slot] == tag) return Classes[slot];
            if (tags[slot] == 0) return WordClass.None;
        }
    }

    /// <summary>Hash of the lower-case form of a word.</summary>
    public static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = Start;
        foreach (var c in word) hash = Next(hash, c);
        return hash;
    }

    public const ulong Start = 14695981039346656037UL;

    /// <summary>One step of FNV-1a over lower-case characters.</summary>
    public static ulong Next(ulong hash, char c) => Step(hash, Lower(c));

    /// <summary>One step over a character that is in lower case already.</summary>
    public static ulong Step(ulong hash, char lower) => (hash ^ lower) * 1099511628211UL;

    public static char Lower(char c) =>
        c < 128 ? (char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c) : char.ToLowerInvariant(c);

    private static (uint[] Tags, WordClass[] Classes) Load()
    {
        var classes = new Dictionary<ulong, WordClass>();
        var assembly = typeof(Lexicon).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
            if (name.StartsWith("Baton.Privacy.Words.", StringComparison.Ordinal)) Read(assembly, name, classes);

        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)classes.Count * 3);
        var (tags, values) = (new uint[size], new WordClass[size]);
        foreach (var (hash, value) in classes)
        {
            var slot = Slot(hash, size);
            while (tags[slot] != 0) slot = (slot + 1) & (size - 1);
            (tags[slot], values[slot]) = (Tag(hash), value);
        }
        return (tags, values);
    }

    private static int Slot(ulong hash, int size) => (int)(hash >> 20) & (size - 1);

    private static uint Tag(ulong hash) => (uint)(hash >> 32) | 1;

    /// <summary>Lines are <c>Class: word word …</c>; an empty line or one that starts with # says nothing.</summary>
    private static void Read(Assembly assembly, string name, Dictionary<ulong, WordClass> classes)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(':');
            var kind = Enum.Parse<WordClass>(line.AsSpan(0, colon));
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var hash = Hash(word);
                classes[hash] = classes.GetValueOrDefault(hash) | kind;
            }
        }
    }
}
