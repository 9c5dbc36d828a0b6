namespace Baton.Evaluation.Ladder;

/// <summary>How far one text is from another: the fewest words to add, drop or exchange (Levenshtein 1966).</summary>
internal static class WordDistance
{
    /// <summary>Words of a text that are compared; what is longer counts as far as here.</summary>
    private const int Most = 1_500;

    /// <summary>Of the words of the longer text, 0 to 1.</summary>
    public static double Of(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length ? 0 : 1;
        var (above, row) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (above, row) = (row, above);
        }
        return (double)above[b.Length] / Math.Max(a.Length, b.Length);
    }

    private static string[] Words(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(Most)];
}
