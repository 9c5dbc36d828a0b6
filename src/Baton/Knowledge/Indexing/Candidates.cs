using System.Runtime.Intrinsics;

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

    /// <summary>
    /// Up to <paramref name="most"/> passages with a score above zero that pass the filter, best first.
    /// </summary>
    public static List<Candidate> Best(ReadOnlySpan<float> scores, int most, Predicate<int> filter)
    {
        var heap = new PriorityQueue<Candidate, Candidate>(most + 1, WorstFirst);
        var floor = 0f;
        for (var i = NextAbove(scores, 0, floor); i < scores.Length; i = NextAbove(scores, i + 1, floor))
        {
            if (!filter(i)) continue;
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

    /// <summary>The next place with a score above the floor: eight are passed over at a time.</summary>
    private static int NextAbove(ReadOnlySpan<float> scores, int from, float floor)
    {
        var floors = Vector256.Create(floor);
        var i = from;
        while (i <= scores.Length - Vector256<float>.Count)
        {
            var above = Vector256.GreaterThan(Vector256.Create(scores[i..]), floors).ExtractMostSignificantBits();
            if (above != 0) return i + System.Numerics.BitOperations.TrailingZeroCount(above);
            i += Vector256<float>.Count;
        }
        while (i < scores.Length && scores[i] <= floor) i++;
        return i;
    }
}
