using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Triage.Instructions;

/// <summary>
/// Texts inside a text that a person would not see: invisible tag characters, base64, HTML comments and attributes,
/// percent and entity encoding, letters written as digits.
/// </summary>
internal static partial class HiddenTexts
{
    private const int Most = 24;
    private const int Longest = 8_000;

    /// <summary>Every hidden text with the way it was hidden.</summary>
    public static IEnumerable<(string Text, string How)> In(string text) => All(text)
        .Where(hidden => hidden.Text.Length >= 8)
        .Select(hidden => hidden.Text.Length > Longest ? (hidden.Text[..Longest], hidden.How) : hidden)
        .Take(Most);

    private static IEnumerable<(string Text, string How)> All(string text)
    {
        if (Tags(text) is { Length: > 0 } tags) yield return (tags, "invisible characters");
        foreach (Match match in Comments().Matches(text)) yield return (match.Groups[1].Value, "HTML comment");
        foreach (Match match in Attributes().Matches(text)) yield return (match.Groups[1].Value, "HTML attribute");
        foreach (Match match in MarkdownComments().Matches(text)) yield return (match.Groups[1].Value,
            "Markdown comment");
        foreach (Match match in Base64().Matches(text))
            if (Decode(match.Value) is { } decoded) yield return (decoded, "base64");
        foreach (Match match in Hex().Matches(text))
            if (Readable(Convert.FromHexString(match.Value)) is { } decoded) yield return (decoded, "hexadecimal");
        if (Percent().IsMatch(text)) yield return (WebUtility.UrlDecode(text), "percent encoding");
        if (text.Contains("&#", StringComparison.Ordinal)) yield return (WebUtility.HtmlDecode(text), "entities");
        if (Leet(text) is { } plain) yield return (plain, "letters as digits");
    }

    /// <summary>Unicode tag characters (U+E0000 block) are ASCII that no font shows.</summary>
    private static string Tags(string text)
    {
        if (!text.Contains('\udb40')) return "";
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is >= 0xe0020 and <= 0xe007e) result.Append((char)(rune.Value - 0xe0000));
        return result.ToString();
    }

    private static string? Decode(string code)
    {
        var padded = code.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        padded += new string('=', (4 - padded.Length % 4) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var count) ? Readable(bytes.AsSpan(0, count)) : null;
    }

    /// <summary>The bytes as text when they are almost only letters and spaces.</summary>
    private static string? Readable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var plain = text.Count(c => char.IsLetter(c) || c == ' ');
        return text.Contains(' ') && plain > 0.8 * text.Length && !text.Contains('\ufffd') ? text : null;
    }

    /// <summary>
    /// "1gn0r3 pr3v10us": the text with digits and signs inside words read as letters, when there are such words.
    /// </summary>
    private static string? Leet(string text)
    {
        if (text.Length > Longest || LeetWords().Count(text) < 2) return null;
        return LeetWords().Replace(text, match => string.Concat(match.Value.Select(c => c switch
        {
            '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c,
        })));
    }

    [GeneratedRegex("<!--([^>]{8,4000})-->")]
    private static partial Regex Comments();

    [GeneratedRegex("(?:alt|title|aria-label|content|placeholder)\\s?=\\s?[\"']([^\"'<>]{16,2000})[\"']",
        RegexOptions.IgnoreCase)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\[//\]: # [(""']([^)""'\n]{8,2000})[)""']|\[comment\]: <> \(([^)\n]{8,2000})\)")]
    private static partial Regex MarkdownComments();

    [GeneratedRegex("[A-Za-z0-9+/_-]{20,12000}={0,2}")]
    private static partial Regex Base64();

    [GeneratedRegex("(?:[0-9a-fA-F]{2}){16,4000}")]
    private static partial Regex Hex();

    [GeneratedRegex("(?:%[0-9a-fA-F]{2}[^%]{0,12}){3}")]
    private static partial Regex Percent();

    [GeneratedRegex(@"\b(?=[a-zA-Z]*[0134@$57][a-zA-Z])[a-zA-Z0134@$57]{4,24}\b")]
    private static partial Regex LeetWords();
}
