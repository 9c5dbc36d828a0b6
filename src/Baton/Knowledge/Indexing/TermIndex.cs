using System.Runtime.InteropServices;

namespace Baton.Knowledge.Indexing;

/// <summary>
/// The inverted index over passages. Changes must not run beside anything else; reads may run beside reads.
/// </summary>
internal sealed class TermIndex(KnowledgeOptions options)
{
    private readonly List<Postings> _postings = [];
    private readonly List<StoredPassage> _passages = [];
    private readonly FieldLengths _lengths = new(options);

    public TermLexicon Lexicon { get; } = new();

    public PairCounts Pairs { get; } = new();

    /// <summary>Every passage by number, removed ones included.</summary>
    public IReadOnlyList<StoredPassage> Passages => _passages;

    public int Live { get; private set; }

    public int DocumentFrequency(int term) => _postings[term].Live;

    /// <summary>BM25's weight of a term that stands in <paramref name="passages"/> of all passages.</summary>
    public float Rarity(int passages) => MathF.Log(1 + (Live - passages + 0.5f) / (passages + 0.5f));

    /// <summary>Appends a passage; its number is the count of passages before.</summary>
    public void Add(StoredPassage passage)
    {
        while (_postings.Count < Lexicon.Count) _postings.Add(new Postings());
        var counts = new Dictionary<int, (int Title, int Heading, int Body)>();
        foreach (var term in passage.Title) CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _).Title++;
        foreach (var term in passage.Heading) CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _).Heading++;
        foreach (var term in passage.Body) CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _).Body++;
        foreach (var (term, n) in counts)
        {
            _postings[term].Add(new Posting(_passages.Count, (byte)Math.Min(n.Title, byte.MaxValue),
                (byte)Math.Min(n.Heading, byte.MaxValue), (ushort)Math.Min(n.Body, ushort.MaxValue)));
        }
        _passages.Add(passage);
        _lengths.Add(passage);
        Pairs.Count(passage, +1);
        Live++;
    }

    /// <summary>Takes a passage out of every statistic; its postings go with the next compaction.</summary>
    public void Remove(StoredPassage passage)
    {
        if (passage.IsRemoved) return;
        passage.IsRemoved = true;
        foreach (var term in new HashSet<int>(passage.Terms.ToArray())) _postings[term].Live--;
        _lengths.Retire(passage);
        Pairs.Count(passage, -1);
        Live--;
    }

    /// <summary>After a batch of changes: drops removed passages when they are many, brings norms up to date.</summary>
    public void Settle()
    {
        var removed = _passages.Count - Live;
        if (removed > 64 && removed * 4 > _passages.Count) Compact();
        _lengths.Settle(_passages, Live);
    }

    /// <summary>Adds what a term is worth to the score of every passage that has it.</summary>
    public void Accumulate(int term, float weight, Span<float> scores)
    {
        var norms = _lengths.Norms;
        var k = options.Saturation;
        weight *= k + 1;
        foreach (var posting in _postings[term].Items)
        {
            var norm = norms[posting.Passage];
            var frequency = posting.Body * norm.Body;
            if (posting.Title != 0) frequency += posting.Title * norm.Title;
            if (posting.Heading != 0) frequency += posting.Heading * norm.Heading;
            scores[posting.Passage] += weight * frequency / (k + frequency);
        }
    }

    /// <summary>The norms of one passage, for signals that count something else than terms.</summary>
    public FieldNorms NormsOf(int passage) => _lengths.Norms[passage];

    private void Compact()
    {
        var map = new int[_passages.Count];
        var kept = 0;
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = _passages[i].IsRemoved ? -1 : kept;
            if (map[i] >= 0) _passages[kept++] = _passages[i];
        }
        _passages.RemoveRange(kept, _passages.Count - kept);
        foreach (var postings in _postings) postings.Renumber(map);
    }
}
