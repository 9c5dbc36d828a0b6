using System.Text.RegularExpressions;

namespace Baton.Text.Quoting;

/// <summary>
/// Takes out what nobody said: job titles, contact lines, confidentiality notices. Judged by the shape of a line or a
/// sentence, never by where it stands: whatever sits below a signature and is a sentence of its own stays.
/// </summary>
internal static partial class Footers
{
    private const int TitleWords = 10;
    private const int NameWords = 4;
    private const int LabelWords = 14;

    /// <summary>Share of a sentence's telling words that must be those of notices.</summary>
    private const double MostlyNotice = 0.7;

    /// <summary>The text without them; lines keep their order.</summary>
    public static IEnumerable<string> Without(IReadOnlyList<string> lines)
    {
        var previous = "";
        for (var i = 0; i < lines.Count;)
        {
            var end = i;
            while (end < lines.Count && lines[end].Trim().Length > 0) end++;
            var paragraph = lines.Skip(i).Take(end - i).ToList();
            if (paragraph.Count > 0 && IsNotice(paragraph))
            {
                if (Remains(paragraph) is { Length: > 0 } rest) yield return rest;
            }
            else
            {
                foreach (var line in paragraph)
                {
                    if (!IsTitle(line, previous) && !IsLabelled(line)) yield return line;
                    previous = line;
                }
            }
            if (end < lines.Count) yield return lines[end];
            i = end + 1;
        }
    }

    /// <summary>A name's line, or what stands under one: "Manager, Human Resources".</summary>
    private static bool IsTitle(string line, string previous)
    {
        var text = line.Trim(' ', '\t', '*', '_');
        if (text.Length is 0 or > 100 || text[^1] is '.' or '!' or '?' or ':' && !EndsWithForm(text)) return false;
        var words = WordsOf(text);
        if (words.Count is 0 or > TitleWords || words.Any(FooterWords.Said.Contains)) return false;
        if (!words.Any(FooterWords.Offices.Contains) || !words.All(IsTitleWord)) return false;
        return IsName(previous) || IsClosing(previous) || HoldsName(text) || IsTitleLike(previous);
    }

    private static bool IsTitleLike(string line)
    {
        var words = WordsOf(line);
        return words.Count is > 0 and <= TitleWords && words.Any(FooterWords.Offices.Contains) && words.All(IsTitleWord)
            && !words.Any(FooterWords.Said.Contains);
    }

    private static bool EndsWithForm(string text) =>
        text.EndsWith("Ltd.", StringComparison.Ordinal) || text.EndsWith("Inc.", StringComparison.Ordinal)
        || text.EndsWith("Dept.", StringComparison.Ordinal) || text.EndsWith("Esq.", StringComparison.Ordinal);

    private static bool IsTitleWord(string word) => !char.IsLower(word[0]) || FooterWords.Small.Contains(word);

    private static bool HoldsName(string text) =>
        text.StartsWith("[PERSON_", StringComparison.Ordinal) || text.Contains(" | ", StringComparison.Ordinal);

    private static bool IsName(string line)
    {
        var text = line.Trim(' ', '\t', '*', '_');
        if (text.Length == 0 || text[^1] is '.' or '!' or '?' or ':') return false;
        if (text.StartsWith("[PERSON_", StringComparison.Ordinal) && text.EndsWith(']')) return true;
        var words = WordsOf(text);
        return words.Count is > 0 and <= NameWords && words.All(w => char.IsUpper(w[0]))
            && !words.Any(FooterWords.Said.Contains);
    }

    private static bool IsClosing(string line)
    {
        var text = line.Trim().TrimEnd(',', '.', '!');
        return FooterWords.Closings.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>"Data protection officer: … GDPR notice: …": a label, and nobody says anything behind it.</summary>
    private static bool IsLabelled(string line)
    {
        var text = line.Trim(' ', '\t', '*', '_', '|', '•', '·');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return false;
        var label = text[..colon].TrimEnd('.', ' ');
        if (!FooterWords.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)) return false;
        var words = WordsOf(text);
        return words.Count <= LabelWords && !words.Any(FooterWords.Said.Contains) && Contact().IsMatch(text[colon..]);
    }

    private static bool IsNotice(List<string> paragraph) => Opening().IsMatch(string.Join(' ', paragraph));

    /// <summary>The sentences of a notice's paragraph that are none of it.</summary>
    private static string Remains(List<string> paragraph) => string.Join(' ', SentenceEnd()
        .Split(string.Join(' ', paragraph.Select(l => l.Trim()))).Where(s => s.Trim().Length > 0 && !IsOfNotice(s)));

    private static bool IsOfNotice(string sentence)
    {
        var words = WordsOf(sentence);
        if (words.Any(FooterWords.Self.Contains)) return false;
        var telling = words.Where(w => !FooterWords.Empty.Contains(w)).ToList();
        if (telling.Count == 0) return true;
        var known = telling.Count(w =>
            FooterWords.Notice.Any(n => w.StartsWith(n, StringComparison.OrdinalIgnoreCase)));
        return known >= MostlyNotice * telling.Count;
    }

    private static List<string> WordsOf(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"[\p{L}\p{N}]+(['’-][\p{L}\p{N}]+)*", Reading)]
    private static partial Regex Word();

    [GeneratedRegex(@"[.!?]+(\s+|$)", Reading | RegexOptions.ExplicitCapture)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\[(EMAIL|PHONE|URL|ADDRESS|PERSON|ORGANI)|@|www\.|https?:|\d{4}"
        + @"|\w\.(com|org|net|io|de|fr|es|it|nl|eu|uk|pl|se|example)\b", Reading)]
    private static partial Regex Contact();

    /// <summary>What nobody begins to say without being a lawyer's template.</summary>
    [GeneratedRegex(@"(\b(this|the) (e-?mail|message|communication|transmission|information"
        + @"|document)\b.{0,120}\b(confidential|privileged"
        + @"|intended|proprietary)\b)|\bconfidentiality (notice|statement)\b|\bnot the (intended|named) (recipient"
        + @"|addressee)\b"
        + @"|\breceived this .{0,40}\bin error\b|\b(consider|think about) the environment\b|\bdisclaimer\s*:"
        + @"|\bdiese (e-?mail|nachricht)\b.{0,120}\bvertraulich|\bnicht der (richtige|beabsichtigte"
        + @"|vorgesehene) (adressat|empfänger)"
        + @"|\b(ce (message|courriel)|cet e-?mail)\b.{0,120}\b(confidentiel|destin)|\beste (mensaje"
        + @"|correo)\b.{0,120}\b(confidencial|destin)"
        + @"|\b(questo messaggio|questa e-?mail|la presente e-?mail)\b.{0,120}\briservat|\b(dit|deze) (bericht"
        + @"|e-?mail)\b.{0,120}\bvertrouwelijk"
        + @"|\besta mensagem\b.{0,120}\bconfidencia|\b(ta|niniejsza) wiadomość\b.{0,120}\bpoufn", Reading)]
    private static partial Regex Opening();
}
