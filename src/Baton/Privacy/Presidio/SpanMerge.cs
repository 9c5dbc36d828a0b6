namespace Baton.Privacy.Presidio;

/// <summary>
/// Joins two sets of findings. Where they overlap the whole covered stretch is replaced once, under the type of the
/// longest finding in it (local ones first), so that nothing either side found is left.
/// </summary>
internal static class SpanMerge
{
    /// <summary>The findings of both, ordered, without overlaps.</summary>
    public static IReadOnlyList<PersonalSpan> Merge(IReadOnlyList<PersonalSpan> own, IReadOnlyList<PersonalSpan> theirs)
    {
        var all = own.Select(s => (Span: s, Own: true)).Concat(theirs.Select(s => (Span: s, Own: false)))
            .OrderBy(p => p.Span.Start).ThenByDescending(p => p.Span.Length).ThenByDescending(p => p.Own).ToList();
        var merged = new List<PersonalSpan>();
        var longest = 0;
        foreach (var (span, _) in all)
        {
            if (merged.Count == 0 || span.Start >= merged[^1].End)
            {
                merged.Add(span);
                longest = span.Length;
                continue;
            }
            var before = merged[^1];
            var winner = span.Length > longest ? span : before;
            longest = Math.Max(longest, span.Length);
            var end = Math.Max(before.End, span.End);
            merged[^1] = new PersonalSpan(before.Start, end - before.Start, winner.Type,
                Math.Max(before.Score, span.Score));
        }
        return merged;
    }
}
