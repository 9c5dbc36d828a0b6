namespace Baton.Knowledge.Grounding;

/// <summary>Finds statements that were turned round: negated or not, and words replaced by their opposites.</summary>
internal static class Negation
{
    private const int Reach = 4;

    /// <summary>Words of the answer that are negated there and never in the source, or the other way round.</summary>
    public static List<GroundingWord> Mismatches(List<GroundingWord> words, SourceText source)
    {
        var found = new List<GroundingWord>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsContent || words[i].IsNegation || words[i].Length < 3) continue;
            var places = source.PlacesOf(words[i].Stem);
            if (places.Count == 0) continue;
            var negated = IsNegated(words, i);
            if (places.All(p => IsNegated(source.Words, p) != negated) && Anchored(words, i, source, places))
                found.Add(words[i]);
        }
        return found;
    }

    /// <summary>Words of the answer that the source lacks in that place, where it has the opposite instead.</summary>
    public static List<(GroundingWord Word, string Opposite)> Opposites(List<GroundingWord> words, SourceText source)
    {
        var found = new List<(GroundingWord, string)>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.IsNumber || Near(words, i, source, word.Stem)) continue;
            var opposite = WordLists.OppositesOf(word.Stem).FirstOrDefault(o => Near(words, i, source, o));
            if (opposite is null && !source.Has(word.Stem))
                opposite = source.Words.FirstOrDefault(w => WordLists.DifferByNegation(w.Stem, word.Stem)).Stem;
            if (opposite is not null) found.Add((word, opposite));
        }
        return found;
    }

    private static bool IsNegated(List<GroundingWord> words, int at)
    {
        for (var i = at; i >= Math.Max(0, at - Reach); i--)
        {
            if (i < at && words[i].IsNegation) return true;
            if (words[i].BeginsSentence) return false;
        }
        return false;
    }

    /// <summary>The same other word stands near in both, so that it is likely the same statement.</summary>
    private static bool Anchored(List<GroundingWord> words, int at, SourceText source, IReadOnlyList<int> places)
    {
        for (var i = Math.Max(0, at - Reach); i <= Math.Min(words.Count - 1, at + Reach); i++)
        {
            if (i == at || !words[i].IsContent || words[i].IsNegation) continue;
            if (source.PlacesOf(words[i].Stem).Any(p => places.Any(q => p != q && Math.Abs(p - q) <= 2 * Reach)))
                return true;
        }
        return false;
    }

    private static bool Near(List<GroundingWord> words, int at, SourceText source, string opposite)
    {
        var places = source.PlacesOf(opposite);
        return places.Count > 0 && Anchored(words, at, source, places);
    }
}
