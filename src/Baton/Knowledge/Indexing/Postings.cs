namespace Baton.Knowledge.Indexing;

/// <summary>How often a term stands in a passage, by field.</summary>
internal readonly record struct Posting(int Passage, byte Title, byte Heading, ushort Body);

/// <summary>The passages that have a term, in ascending order; those removed stay until the next compaction.</summary>
internal sealed class Postings
{
    private Posting[] _items = new Posting[2];

    /// <summary>Entries, removed passages included.</summary>
    public int Count { get; private set; }

    /// <summary>Passages that are there: the document frequency.</summary>
    public int Live { get; set; }

    public ReadOnlySpan<Posting> Items => _items.AsSpan(0, Count);

    public void Add(Posting posting)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = posting;
        Live++;
    }

    /// <summary>Drops removed passages and renumbers the others; <c>-1</c> in the map means removed.</summary>
    public void Renumber(int[] map)
    {
        var kept = 0;
        foreach (var posting in Items)
            if (map[posting.Passage] is >= 0 and var passage) _items[kept++] = posting with { Passage = passage };
        Count = Live = kept;
        if (_items.Length > 4 * Math.Max(2, kept)) Array.Resize(ref _items, Math.Max(2, kept));
    }
}
