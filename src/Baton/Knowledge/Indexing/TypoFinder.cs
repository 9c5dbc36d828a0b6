using System.Numerics;

namespace Baton.Knowledge.Indexing;

/// <summary>
/// Finds the known terms that an unknown word may have been meant as: one edit for words of four letters and more, two
/// from eight (insertion, deletion, replacement, neighbours swapped).
/// </summary>
internal static class TypoFinder
{
    private const int MostFound = 3;

    /// <summary>The closest terms, nearest first, then most frequent; at most three.</summary>
    public static List<(int Term, int Edits)> Find(string word, TermIndex index)
    {
        var allowed = word.Length >= 8 ? 2 : word.Length >= 4 ? 1 : 0;
        var found = new List<(int Term, int Edits)>();
        if (allowed == 0 || word.Any(char.IsDigit)) return found;
        var letters = LettersOf(word);
        for (var term = 0; term < index.Lexicon.Count; term++)
        {
            var candidate = index.Lexicon[term];
            if (Math.Abs(candidate.Length - word.Length) > allowed) continue;
            if (BitOperations.PopCount(letters ^ LettersOf(candidate)) > 2 * allowed) continue;
            if (index.DocumentFrequency(term) == 0) continue;
            var edits = Distance(word, candidate, allowed);
            if (edits <= allowed) found.Add((term, edits));
        }
        var least = found.Count == 0 ? 0 : found.Min(f => f.Edits);
        return [.. found.Where(f => f.Edits == least)
            .OrderByDescending(f => SameStart(f.Term))
            .ThenByDescending(f => index.DocumentFrequency(f.Term)).ThenBy(f => f.Term).Take(MostFound)];

        bool SameStart(int term) => index.Lexicon[term][0] == word[0];
    }

    /// <summary>Edit distance with swaps of neighbours (optimal string alignment), cut off above a limit.</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        var width = b.Length + 1;
        Span<int> rows = stackalloc int[3 * (TermLexicon.LongestTerm * 2 + 3)];
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var row = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j < width; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                best = Math.Min(best, row[j]);
            }
            if (best > limit) return limit + 1;
            var free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.Length];
    }

    private static uint LettersOf(ReadOnlySpan<char> word)
    {
        var letters = 0u;
        foreach (var c in word) letters |= 1u << (c & 31);
        return letters;
    }
}
