using System.Collections.Frozen;
using System.Reflection;

namespace Baton.Text.Languages;

/// <summary>
/// For every language of one script: how likely each of its letter sequences is, and which words are its own. Learned
/// at first use from the sentences in <c>Words/languages.txt</c>, in a few milliseconds.
/// </summary>
internal sealed class LanguageProfiles
{
    private const double Smoothing = 0.4;
    private const double ExpectedSequences = 4000;
    private const double WordWeight = 3.2;
    private const ulong Start = ' ';

    private static readonly Lazy<Dictionary<Script, LanguageProfiles>> Loaded = new(Load);

    private readonly FrozenDictionary<ulong, float[]> _sequences;
    private readonly FrozenDictionary<string, float[]>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly float[] _unseen;

    private LanguageProfiles(List<(string Code, string Words, string Sample)> languages)
    {
        Codes = [.. languages.Select(l => l.Code)];
        var counts = languages.Select(l => Count(l.Sample + " " + l.Words)).ToList();
        var totals = counts.Select(c => c.Values.Sum() + Smoothing * ExpectedSequences).ToList();
        _unseen = [.. totals.Select(total => (float)Math.Log(Smoothing / total))];
        _sequences = counts.SelectMany(c => c.Keys).Distinct().ToFrozenDictionary(key => key, key =>
            counts.Select((c, i) => (float)Math.Log((c.GetValueOrDefault(key) + Smoothing) / totals[i])).ToArray());
        _words = Words(languages).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The languages, in the order of the scores.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>Every language the detector can name by its words.</summary>
    public static IEnumerable<string> AllCodes => Loaded.Value.Values.SelectMany(p => p.Codes);

    /// <summary>The profiles of a script; null for scripts that need none.</summary>
    public static LanguageProfiles? Of(Script script) => Loaded.Value.GetValueOrDefault(script);

    /// <summary>
    /// Adds what one word says to <paramref name="scores"/>; true when it is a common word of some language.
    /// </summary>
    public bool Add(ReadOnlySpan<char> word, Span<float> scores)
    {
        var sequence = Start;
        foreach (var letter in word) Add(sequence = Next(sequence, letter), scores);
        Add(Next(sequence, ' '), scores);
        if (!_words.TryGetValue(word, out var common)) return false;
        System.Numerics.Tensors.TensorPrimitives.Add(scores, common, scores);
        return true;
    }

    private void Add(ulong sequence, Span<float> scores) =>
        System.Numerics.Tensors.TensorPrimitives.Add(scores, _sequences.GetValueOrDefault(sequence, _unseen), scores);

    

    /// <summary>Three letters in one number: the last two and the new one.</summary>
    private static ulong Next(ulong sequence, char letter) => ((sequence << 16) | letter) & 0xFFFF_FFFF_FFFF;

    private static Dictionary<ulong, double> Count(string text)
    {
        var counts = new Dictionary<ulong, double>();
        foreach (var word in LanguageDetector.Words(text))
        {
            var sequence = Start;
            foreach (var letter in word + " ")
            {
                sequence = Next(sequence, letter);
                counts[sequence] = counts.GetValueOrDefault(sequence) + 1;
            }
        }
        return counts;
    }

    /// <summary>A word that few languages share says more about them.</summary>
    private static FrozenDictionary<string, float[]> Words(List<(string Code, string Words, string Sample)> languages)
    {
        var owners = new Dictionary<string, List<int>>();
        for (var i = 0; i < languages.Count; i++)
        {
            foreach (var word in LanguageDetector.Words(languages[i].Words).Distinct())
            {
                if (!owners.TryGetValue(word, out var list)) owners[word] = list = [];
                list.Add(i);
            }
        }
        return owners.ToFrozenDictionary(o => o.Key, o =>
        {
            var row = new float[languages.Count];
            foreach (var owner in o.Value) row[owner] = (float)(WordWeight / Math.Sqrt(o.Value.Count));
            return row;
        });
    }

    private static Dictionary<Script, LanguageProfiles> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Baton.Text.Words.languages.txt")
            ?? throw new FileNotFoundException("the embedded language samples are missing from the build");
        using var reader = new StreamReader(stream);
        var languages = new List<(string Code, string Words, string Sample)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') languages.Add((line.Trim('[', ']'), "", ""));
            else if (line[0] == '=') languages[^1] = Longer(words: line[1..], sample: "");
            else languages[^1] = Longer(words: "", sample: line);
        }
        return languages.GroupBy(l => LetterScripts.Majority(l.Sample).Script)
            .ToDictionary(g => g.Key, g => new LanguageProfiles([.. g]));

        (string, string, string) Longer(string words, string sample) =>
            (languages[^1].Code, $"{languages[^1].Words} {words}", $"{languages[^1].Sample} {sample}");
    }
}
