namespace Baton.Text.Words;

/// <summary>Shortens a text and leaves no half of a letter at its end, which is no text to a database.</summary>
internal static class CutText
{
    /// <param name="most">Characters that are kept.</param>
    /// <param name="mark">Stands at the end of what was shortened, beside those.</param>
    public static string Of(string text, int most, string mark = "") => text.Length <= most ? text
        : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + mark;
}
