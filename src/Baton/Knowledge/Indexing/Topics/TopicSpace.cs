using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Baton.Knowledge.Indexing.Topics;

/// <summary>
/// A space in which terms that are used alike are near each other: the leading singular vectors of the passage-by-term
/// matrix (latent semantic analysis), found by a randomized range finder (Halko, Martinsson and Tropp 2011).
/// </summary>
internal sealed class TopicSpace
{
    /// <summary>More passages than this are sampled evenly for the fit; all are projected.</summary>
    private const int MostFitted = 20_000;
    private const int Oversampling = 8;
    private const int PowerIterations = 3;

    private readonly int[] _rowOf;
    private readonly float[] _terms;
    private readonly int _dimensions;

    private TopicSpace(int[] rowOf, float[] terms, int dimensions) =>
        (_rowOf, _terms, _dimensions) = (rowOf, terms, dimensions);

    public static TopicSpace Fit(TermIndex index, KnowledgeOptions options)
    {
        var passages = index.Passages.Where(p => !p.IsRemoved).ToList();
        var step = Math.Max(1, (passages.Count + MostFitted - 1) / MostFitted);
        var rowOf = new int[index.Lexicon.Count];
        var rows = 0;
        for (var term = 0; term < rowOf.Length; term++) rowOf[term] = index.DocumentFrequency(term) >= 2 ? rows++ : -1;

        var matrix = new SparseMatrix(rows);
        for (var i = 0; i < passages.Count; i += step) matrix.Add(WeightsOf(passages[i], index, options, rowOf));
        var width = Math.Min(options.TopicDimensions + Oversampling, Math.Min(matrix.Rows, rows));
        if (width < 2) return new TopicSpace(rowOf, [], 0);

        var columns = DenseMatrix.Random(rows, width, options.Seed);
        for (var i = 0; i <= PowerIterations; i++)
        {
            var basis = matrix.Times(columns);
            basis.Orthonormalize();
            columns = matrix.TransposedTimes(basis);
            if (i < PowerIterations) columns.Orthonormalize();
        }
        var dimensions = Math.Min(options.TopicDimensions, width);
        return new TopicSpace(rowOf, columns.LeadingDirections(dimensions), dimensions);
    }

    /// <summary>The space as bytes, with their SHA-256 at the end.</summary>
    public byte[] ToBytes()
    {
        var content = new byte[2 * sizeof(int) + _rowOf.Length * sizeof(int) + _terms.Length * sizeof(float)];
        BinaryPrimitives.WriteInt32LittleEndian(content, _dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(sizeof(int)), _rowOf.Length);
        var rest = content.AsSpan(2 * sizeof(int));
        MemoryMarshal.AsBytes(_rowOf.AsSpan()).CopyTo(rest);
        MemoryMarshal.AsBytes(_terms.AsSpan()).CopyTo(rest[(_rowOf.Length * sizeof(int))..]);
        return [.. content, .. SHA256.HashData(content)];
    }

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static TopicSpace FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 * sizeof(int) + SHA256.HashSizeInBytes)
            throw new InvalidDataException("The file is cut off.");
        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[content.Length..]))
            throw new InvalidDataException("The file is damaged.");
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(content);
        var count = BinaryPrimitives.ReadInt32LittleEndian(content[sizeof(int)..]);
        var rest = content[(2 * sizeof(int))..];
        var rowOf = MemoryMarshal.Cast<byte, int>(rest[..(count * sizeof(int))]).ToArray();
        return new TopicSpace(
            rowOf, MemoryMarshal.Cast<byte, float>(rest[(count * sizeof(int))..]).ToArray(), dimensions);
    }

    /// <summary>The direction of a passage, of length one.</summary>
    public float[] VectorOf(StoredPassage passage, TermIndex index, KnowledgeOptions options) =>
        Project(WeightsOf(passage, index, options, _rowOf));

    /// <summary>The direction of a question, of length one; all zero when no word is known.</summary>
    public float[] VectorOf(Query query, TermIndex index) => Project(
        [.. query.Terms.Where(t => t.Key < _rowOf.Length && _rowOf[t.Key] >= 0)
            .OrderBy(t => t.Key)
            .Select(t => (_rowOf[t.Key], t.Value * index.Rarity(index.DocumentFrequency(t.Key))))]);

    private float[] Project(List<(int Row, float Weight)> weights)
    {
        var vector = new float[_dimensions];
        foreach (var (row, weight) in weights)
            TensorPrimitives.MultiplyAdd(_terms.AsSpan(row * _dimensions, _dimensions), weight, vector, vector);
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0) TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    private static List<(int Row, float Weight)> WeightsOf(
        StoredPassage passage, TermIndex index, KnowledgeOptions options, int[] rowOf)
    {
        var counts = new SortedDictionary<int, float>();
        Count(passage.Title, options.TitleWeight);
        Count(passage.Heading, 1);
        Count(passage.Body, 1);
        var weights = counts
            .Select(c => (Row: rowOf[c.Key],
                Weight: (1 + MathF.Log(c.Value)) * index.Rarity(index.DocumentFrequency(c.Key))))
            .ToList();
        var norm = MathF.Sqrt(weights.Sum(w => w.Weight * w.Weight)) + 1e-9f;
        return [.. weights.Select(w => (w.Row, w.Weight / norm))];

        void Count(ReadOnlySpan<int> terms, float weight)
        {
            foreach (var term in terms)
                if (term < rowOf.Length && rowOf[term] >= 0) counts[term] = counts.GetValueOrDefault(term) + weight;
        }
    }
}
