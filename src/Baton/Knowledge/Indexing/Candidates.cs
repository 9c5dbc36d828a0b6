namespace Baton.Knowledge.Indexing;

/// <summary>A passage with its score so far; sorts best first, ties by number so that results are repeatable.</summary>
internal readonly record struct Candidate(int Passage, float Score) : IComparable<Candidate>
{
    public int CompareTo(Candidate other) =>
        Score != other.Score ? other.Score.CompareTo(Score) : Passage.CompareTo(other.Passage);
}

/// <summary>The best of many scores, without sorting them all.</summary>
internal static class Candidates
{
    private static readonly Comparer<Candidate> WorstFirst = Comparer<Candidate>.Create((a, b) => b.CompareTo(a));

    /// <summary>Up to <paramref name="most"/> passages with a score above zero that pass the filter, best first.</summary>
    public static List<Candidate> Best(ReadOnlySpan<float> scores, int most, Predicate<int> filter)
    {
        var heap = new PriorityQueue<Candidate, Candidate>(most + 1, WorstFirst);
        var floor = 0f;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] <= floor || !filter(i)) continue;
            var candidate = new Candidate(i, scores[i]);
            if (heap.Count < most)
            {
                heap.Enqueue(candidate, candidate);
            }
            else
            {
                heap.EnqueueDequeue(candidate, candidate);
            }
            if (heap.Count == most) floor = heap.Peek().Score;
        }
        List<Candidate> best = [.. heap.UnorderedItems.Select(item => item.Element)];
        best.Sort();
        return best;
    }
}
