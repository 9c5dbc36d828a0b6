namespace Baton.Playbooks;

/// <summary>"Did you mean": the closest known name by edit distance, when it is close enough to be a slip.</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary>The closest name, or null when nothing is near.</summary>
    public static string? Closest(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName) return null;
        var lower = name.ToLowerInvariant();
        var best = known
            .Where(k => k.Length <= LongestName)
            .Select(k => (Name: k, Distance: Distance(lower, k.ToLowerInvariant())))
            .OrderBy(k => k.Distance)
            .ThenBy(k => k.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, name.Length / 3) ? best.Name : null;
    }

    /// <summary><c>; did you mean 'x'?</c> or, when nothing is near, <c>; known: a, b, c</c>.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        if (Closest(name, known) is { } closest) return $"; did you mean '{closest}'?";
        const int shown = 30;
        if (known.Count == 0) return "; there are none";
        var more = known.Count > shown ? $" … ({known.Count} in all)" : "";
        return $"; known: {string.Join(", ", known.Take(shown))}{more}";
    }

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substitution, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
