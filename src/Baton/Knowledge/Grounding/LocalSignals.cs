namespace Baton.Knowledge.Grounding;

/// <summary>
/// Signals that look at where in the source the words of an answer stand, and at its sentences one by one.
/// </summary>
internal static class LocalSignals
{
    private const int Around = 4;

    /// <summary>
    /// How many neighbours of the answer's numbers stand near the same number in the source; 1 without numbers.
    /// </summary>
    public static double NumbersInContext(List<GroundingWord> words, SourceText source)
    {
        int shared = 0, counted = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsNumber || !source.Has(words[i].Stem)) continue;
            var places = source.PlacesOf(words[i].Stem);
            for (var j = Math.Max(0, i - Around); j <= Math.Min(words.Count - 1, i + Around); j++)
            {
                if (j == i || !words[j].IsContent) continue;
                counted++;
                if (source.PlacesOf(words[j].Stem).Any(p => places.Any(q => Math.Abs(p - q) <= 2 * Around))) shared++;
            }
        }
        return counted == 0 ? 1 : shared / (double)counted;
    }

    /// <summary>
    /// Supported content words over the words of the shortest stretch of the source that has them all, roughly.
    /// </summary>
    public static double Compactness(List<GroundingWord> content, SourceText source)
    {
        var first = content.Where(w => source.Has(w.Stem)).Select(w => source.PlacesOf(w.Stem)).ToList();
        if (first.Count < 2) return 0;
        var best = double.MaxValue;
        foreach (var anchor in first[0])
        {
            int low = anchor, high = anchor;
            foreach (var places in first)
            {
                var near = places.MinBy(p => Math.Abs(p - anchor));
                (low, high) = (Math.Min(low, near), Math.Max(high, near));
            }
            best = Math.Min(best, high - low + 1);
        }
        return Math.Min(1, first.Count / best);
    }

    /// <summary>
    /// Of the sentences with something from the source, the share of content words that are not; and the share of all
    /// words that stand in sentences with nothing from it (opinions, questions, other topics).
    /// </summary>
    public static (double Mixed, double Apart) Sentences(
        List<GroundingWord> words, IReadOnlyList<(int Start, int End)> sentences, SourceText source)
    {
        int content = 0, novel = 0, apart = 0;
        foreach (var (start, end) in sentences)
        {
            var inside = words[start..end].Where(w => w.IsContent).ToList();
            var missing = inside.Count(w => !source.Has(w.Stem));
            if (missing == inside.Count)
            {
                apart += end - start;
                continue;
            }
            content += inside.Count;
            novel += missing;
        }
        return (content == 0 ? 1 : novel / (double)content, words.Count == 0 ? 1 : apart / (double)words.Count);
    }
}
