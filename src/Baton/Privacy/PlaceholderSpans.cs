using Baton.Privacy.Finding;

namespace Baton.Privacy;

/// <summary>Keeps findings off what was redacted before.</summary>
internal static class PlaceholderSpans
{
    /// <summary>The spans without the placeholders in them; a piece without a letter or a digit is nothing.</summary>
    public static IReadOnlyList<PersonalSpan> Around(string text, IReadOnlyList<PersonalSpan> spans)
    {
        var pieces = new List<PersonalSpan>(spans.Count);
        foreach (var span in spans)
        {
            var start = span.Start;
            // Finders may leave the bracket in front of a placeholder out.
            for (var open = Folding.NextPlaceholder(text, Math.Max(0, start - 1), span.End);
                open >= 0; open = Folding.NextPlaceholder(text, start, span.End))
            {
                Add(text, span, start, open, pieces);
                start = open + Placeholders.NameLengthAt(text, open);
            }
            Add(text, span, start, span.End, pieces);
        }
        return pieces;
    }

    private static void Add(string text, PersonalSpan span, int start, int end, List<PersonalSpan> pieces)
    {
        start = Math.Max(start, span.Start);
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (start < end && char.IsWhiteSpace(text[end - 1])) end--;
        for (var i = start; i < end; i++)
        {
            if (!char.IsLetterOrDigit(text[i])) continue;
            pieces.Add(span with { Start = start, Length = end - start });
            return;
        }
    }
}
