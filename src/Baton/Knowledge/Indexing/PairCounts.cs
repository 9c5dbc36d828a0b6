namespace Baton.Knowledge.Indexing;

/// <summary>
/// In how many passages two terms stand side by side, approximately: a fixed table of hashed counters, never too low.
/// Exact counts would need a posting list per pair, several times the size of the index.
/// </summary>
internal sealed class PairCounts
{
    private const int Bits = 20;

    private readonly int[] _counts = new int[1 << Bits];

    public int this[ulong pair] => _counts[Slot(pair)];

    public static ulong Key(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;

    /// <summary>Counts each different pair of a passage once, up or down.</summary>
    public void Count(StoredPassage passage, int sign)
    {
        var seen = new HashSet<ulong>();
        Add(passage.Title, seen);
        Add(passage.Heading, seen);
        Add(passage.Body, seen);
        foreach (var pair in seen) _counts[Slot(pair)] += sign;
    }

    private static void Add(ReadOnlySpan<int> terms, HashSet<ulong> seen)
    {
        for (var i = 1; i < terms.Length; i++) seen.Add(Key(terms[i - 1], terms[i]));
    }

    private static int Slot(ulong pair) => (int)((pair * 0x9E3779B97F4A7C15UL) >> (64 - Bits));
}
