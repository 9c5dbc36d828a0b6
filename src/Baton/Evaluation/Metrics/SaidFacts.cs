using System.Text.RegularExpressions;

namespace Baton.Evaluation.Metrics;

/// <summary>Whether a text says what it must, word for word but for its dress.</summary>
internal static partial class SaidFacts
{
    /// <summary>Lower case, no Markdown marks, single spaces, simple dashes and quotes.</summary>
    public static string Plain(string text) => Blanks()
        .Replace(text.Replace("*", "").Replace("`", "").Replace('’', '\'').Replace('–', '-'), " ").ToLowerInvariant();

    /// <summary>How many groups have an alternative in the text.</summary>
    /// <param name="plain">As <see cref="Plain"/> gives it.</param>
    public static int Count(string plain, IReadOnlyList<IReadOnlyList<string>> groups) =>
        groups.Count(group => group.Any(wanted => Says(plain, wanted)));

    /// <summary>Whole words only: "10" is not in "210".</summary>
    public static bool Says(string plain, string wanted)
    {
        wanted = Plain(wanted);
        for (var at = 0; (at = plain.IndexOf(wanted, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + wanted.Length;
            var opens = !char.IsLetterOrDigit(wanted[0]) || at == 0 || !IsWord(plain[at - 1]);
            var closes = !char.IsLetterOrDigit(wanted[^1]) || end == plain.Length || !IsWord(plain[end]);
            if (opens && closes) return true;
        }
        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
