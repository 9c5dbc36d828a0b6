using Baton.Text;
using Baton.Text.Learning;

namespace Baton.Triage.Instructions;

/// <summary>Words, pairs, pieces of words and signs as hashed features of unit length.</summary>
internal static class InstructionFeatures
{
    /// <summary>Size of the hashed table in bits.</summary>
    public const int Bits = 17;

    public static SparseVector Of(IReadOnlyList<string> words, IReadOnlyList<InstructionSign> signs)
    {
        var places = new List<int>(words.Count * 8);
        ulong before = 1, before2 = 1;
        foreach (var word in words)
        {
            var key = FeatureKey.Of(1, word);
            Add(places, key);
            Add(places, FeatureKey.Pair(2, before, key));
            Add(places, FeatureKey.Pair(3, before2, key));
            (before2, before) = (before, key);
            Pieces(places, word);
        }
        var vector = SparseVector.Counted(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(places));
        for (var i = 0; i < vector.Values.Length; i++) vector.Values[i] = 1 + MathF.Log(vector.Values[i]);
        return WithSigns(vector.Normalized(), signs);
    }

    /// <summary>Pieces of three to five characters, with the word's ends marked.</summary>
    private static void Pieces(List<int> places, string word)
    {
        Span<char> marked = stackalloc char[word.Length + 2];
        marked[0] = '<';
        word.CopyTo(marked[1..]);
        marked[^1] = '>';
        for (var size = 3; size <= 5; size++)
            for (var i = 0; i + size <= marked.Length; i++) Add(places,
                FeatureKey.Of((uint)size + 10, marked.Slice(i, size)));
    }

    /// <summary>Signs stand beside the words: each has its own place, and so has each kind.</summary>
    private static SparseVector WithSigns(SparseVector vector, IReadOnlyList<InstructionSign> signs)
    {
        if (signs.Count == 0) return vector;
        var entries = new Dictionary<int, float>();
        for (var i = 0; i < vector.Count; i++) entries[vector.Indices[i]] = vector.Values[i];
        foreach (var sign in signs)
        {
            var name = FeatureKey.Bucket(FeatureKey.Of(30, sign.Name), Bits);
            var kind = FeatureKey.Bucket(FeatureKey.Of(31, sign.Kind.ToString()), Bits);
            entries[name] = 0.5f;
            entries[kind] = Math.Min(1, entries.GetValueOrDefault(kind) + 0.2f);
        }
        return SparseVector.From(entries.Select(e => (e.Key, e.Value)));
    }

    private static void Add(List<int> places, ulong key) => places.Add(FeatureKey.Bucket(key, Bits));
}
