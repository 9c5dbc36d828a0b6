namespace Baton.Privacy;

/// <summary>Personal data in a text: offsets in UTF-16 units of the text it was found in.</summary>
/// <param name="Start">Index of the first unit.</param>
/// <param name="Length">Number of units.</param>
/// <param name="Type">What it is.</param>
/// <param name="Score">0–1: how sure the finder is. 1 means a checksum and a context agree.</param>
public readonly record struct PersonalSpan(int Start, int Length, PersonalDataType Type, double Score)
{
    /// <summary>Index behind the last unit.</summary>
    public int End => Start + Length;
}

/// <summary>
/// A text with placeholders, and where in the original the personal data was (ordered, not overlapping).
/// </summary>
public sealed record RedactedText(string Text, IReadOnlyList<PersonalSpan> Spans);
