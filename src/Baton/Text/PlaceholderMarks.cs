using System.Text.RegularExpressions;

namespace Baton.Text;

/// <summary>
/// Placeholders that stand for personal data, such as <c>[EMAIL_1]</c>. Their words are ours, so nothing that listens
/// for what a customer says may hear them.
/// </summary>
internal static partial class PlaceholderMarks
{
    /// <summary>The text with "it" where a placeholder was, which keeps its sentence whole.</summary>
    public static string Without(string text) => text.Contains('[') ? Mark().Replace(text, " it ") : text;

    [GeneratedRegex(@"\[[A-Z][A-Z_]{2,24}_[0-9]{1,6}\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
