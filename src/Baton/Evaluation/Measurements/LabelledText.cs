using Baton.Privacy;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// A labelled piece of a text: offsets in code points, end exclusive, and the type's name in the data.
/// </summary>
public readonly record struct LabelledSpan(int Start, int End, string Type);

/// <summary>A text with the personal data that people (or a generator) marked in it.</summary>
public sealed record LabelledText(string Text, IReadOnlyList<LabelledSpan> Spans)
{
    /// <summary>The index of every code point in UTF-16 units, and the length at the end.</summary>
    internal int[] CodePointStarts() => CodePoints.Starts(Text);

    /// <summary>The spans in UTF-16 offsets, in order, without those whose name Baton has no type for.</summary>
    internal IReadOnlyList<PersonalSpan> Known()
    {
        var starts = CodePointStarts();
        var result = new List<PersonalSpan>();
        foreach (var span in Spans.OrderBy(s => s.Start))
        {
            if (PersonalDataNames.TypeOf(span.Type) is not { } type) continue;
            var (start, end) = (starts[Math.Clamp(span.Start, 0, starts.Length - 1)],
                starts[Math.Clamp(span.End, 0, starts.Length - 1)]);
            if (end > start && (result.Count == 0 || start >= result[^1].End)) result.Add(new PersonalSpan(start,
                end - start, type, 1));
        }
        return result;
    }
}
