using Baton.Text.Learning;

namespace Baton.Triage.Intents.Features;

/// <summary>A word as read in training: its key, the key of its stem, and those of its letters.</summary>
internal sealed record ReadWord(ulong Key, ulong Stem, bool IsStemmed, ulong[] Letters);

/// <summary>
/// What is known of every word of the training texts, so that reading it again needs one look-up instead of a stemmer
/// and a look-up per group of letters.
/// </summary>
internal sealed class WordTable
{
    private readonly int[] _ids;
    private readonly int[] _places;
    private readonly int[] _starts;
    private readonly int[] _letters;

    private WordTable(int[] ids, ulong[] stems, int[] stemIds, int[] starts, int[] letters, int features)
    {
        (_ids, Stems, StemIds, _starts, _letters) = (ids, stems, stemIds, starts, letters);
        _places = new int[features];
        Array.Fill(_places, -1);
        for (var word = 0; word < ids.Length; word++) _places[ids[word]] = word;
    }

    public int Count => _ids.Length;

    /// <summary>The key of every word's stem; of a number or sign that of itself.</summary>
    public ulong[] Stems { get; }

    /// <summary>The feature of every word's stem, −1 for none.</summary>
    public int[] StemIds { get; }

    /// <summary>The number of a word by its feature, −1 when the feature is none of a word.</summary>
    public int PlaceOf(int feature) => (uint)feature < (uint)_places.Length ? _places[feature] : -1;

    /// <summary>The feature of a word.</summary>
    public int IdOf(int word) => _ids[word];

    /// <summary>The features of a word's letters, with repetitions.</summary>
    public ReadOnlySpan<int> LettersOf(int word) => _letters.AsSpan(_starts[word], _starts[word + 1] - _starts[word]);

    public static WordTable Build(IReadOnlyCollection<ReadWord> words, Vocabulary vocabulary, int features)
    {
        var starts = new int[words.Count + 1];
        var letters = new List<int>();
        foreach (var (at, word) in words.Index())
        {
            letters.AddRange(word.Letters.Select(vocabulary.Find).Where(id => id >= 0));
            starts[at + 1] = letters.Count;
        }
        return new WordTable(
            [.. words.Select(w => vocabulary.Find(w.Key))], [.. words.Select(w => w.Stem)],
            [.. words.Select(w => w.IsStemmed ? vocabulary.Find(w.Stem) : -1)], starts, [.. letters], features);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var stem in Stems) writer.Write(stem);
        foreach (var list in (ReadOnlySpan<int[]>)[_ids, StemIds, _starts, _letters])
            foreach (var item in list) writer.Write(item);
    }

    /// <exception cref="InvalidDataException">A number is out of its range, so the file is damaged.</exception>
    public static WordTable Load(BinaryReader reader, int features)
    {
        var count = InRange(reader.ReadInt32(), 0, features);
        var stems = new ulong[count];
        for (var i = 0; i < count; i++) stems[i] = reader.ReadUInt64();
        var ids = Read(reader, count, 0, features - 1);
        var stemIds = Read(reader, count, -1, features - 1);
        var starts = Read(reader, count + 1, 0, 1 << 26);
        for (var i = 0; i < count; i++) InRange(starts[i + 1], starts[i], int.MaxValue);
        return new WordTable(ids, stems, stemIds, starts, Read(reader, starts[^1], 0, features - 1), features);
    }

    private static int[] Read(BinaryReader reader, int count, int least, int most)
    {
        var items = new int[count];
        for (var i = 0; i < count; i++) items[i] = InRange(reader.ReadInt32(), least, most);
        return items;
    }

    private static int InRange(int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new InvalidDataException(
            $"The words of the intent model hold {value}, which is not in {least}…{most}: the file is damaged.");
}
