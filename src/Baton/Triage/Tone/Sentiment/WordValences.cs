using System.Collections.Frozen;
using System.Reflection;

namespace Baton.Triage.Tone.Sentiment;

/// <summary>
/// Learned valence of single words that the word lists do not know: a word's hash and how strongly it speaks for (+) or
/// against (−), on the scale of the lists. <c>word-valence.bin</c> is made by the <c>train-tone</c> command.
/// </summary>
internal sealed class WordValences(IReadOnlyDictionary<uint, double> weights)
{
    private const uint Magic = 0x31565742; // "BWV1"
    private const double Step = 1 / 40.0;
    private const int MostWords = 1 << 18;

    private static readonly Lazy<WordValences> Shipped = new(LoadShipped);

    private readonly FrozenDictionary<uint, double> _weights = weights.ToFrozenDictionary();

    /// <summary>The weights as shipped.</summary>
    public static WordValences Default => Shipped.Value;

    /// <summary>No weights at all: the word lists alone.</summary>
    public static WordValences None { get; } = new(new Dictionary<uint, double>());

    public int Count => _weights.Count;

    /// <summary>The valence of a word by its hash; 0 when nothing was learned about it.</summary>
    public double Of(uint hash) => _weights.GetValueOrDefault(hash);

    /// <summary>
    /// Writes the weights, five bytes a word, in order of hash so that the file is the same every time.
    /// </summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_weights.Count);
        foreach (var (hash, weight) in _weights.OrderBy(w => w.Key))
        {
            writer.Write(hash);
            writer.Write((sbyte)Math.Clamp(Math.Round(weight / Step), sbyte.MinValue, sbyte.MaxValue));
        }
    }

    /// <exception cref="InvalidDataException">Not a file of word valences, or cut short.</exception>
    public static WordValences Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a file of word valences.");
            var count = reader.ReadInt32();
            if (count is < 0 or > MostWords)
                throw new InvalidDataException($"{count} words; at most {MostWords} are read.");
            var weights = new Dictionary<uint, double>(count);
            for (var i = 0; i < count; i++)
            {
                var hash = reader.ReadUInt32();
                weights[hash] = reader.ReadSByte() * Step;
            }
            return new WordValences(weights);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The file of word valences is cut short.", error);
        }
    }

    private static WordValences LoadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("Baton.Triage.Tone.Sentiment.word-valence.bin");
        return stream is null ? None : Load(stream);
    }
}
