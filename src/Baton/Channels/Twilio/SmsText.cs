namespace Baton.Channels.Twilio;

/// <summary>
/// Texts for telephones: the letters of GSM 03.38 where that loses nothing, in messages of a length that is taken.
/// </summary>
internal static class SmsText
{
    /// <summary>Characters of one message of the API.</summary>
    public const int Longest = 1_600;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>These take two places.</summary>
    private const string Extended = "^{}\\[~]|€";

    private static readonly (string From, string To)[] Plainer =
    [
        ("\u2018", "'"), ("\u2019", "'"), ("\u201C", "\""), ("\u201D", "\""), ("\u201E", "\""), ("\u2013", "-"),
        ("\u2014", "-"), ("\u2026", "..."), ("\u00A0", " "), ("\u2022", "-"), ("\u202F", " "),
    ];

    /// <summary>The text with plain marks instead of typographic ones, which would double what it costs.</summary>
    public static string Plain(string text) =>
        Plainer.Aggregate(text, (plain, mark) => plain.Replace(mark.From, mark.To, StringComparison.Ordinal));

    /// <summary>How many messages a telephone gets, and a bill shows.</summary>
    public static int Segments(string text)
    {
        var isBasic = text.All(
            c => Basic.Contains(c, StringComparison.Ordinal) || Extended.Contains(c, StringComparison.Ordinal));
        var length = isBasic ? text.Length + text.Count(c => Extended.Contains(c, StringComparison.Ordinal))
            : text.Length;
        var (alone, each) = isBasic ? (160, 153) : (70, 67);
        return length <= alone ? 1 : (length + each - 1) / each;
    }

    /// <summary>Pieces that are taken, cut between paragraphs, sentences or words.</summary>
    public static IReadOnlyList<string> Pieces(string text, int longest = Longest)
    {
        var (pieces, left) = (new List<string>(), text.ReplaceLineEndings("\n").Trim());
        while (left.Length > longest)
        {
            var cut = ((string[])["\n\n", "\n", ". ", " "])
                .Select(mark => left.LastIndexOf(mark, longest - 1, longest / 2,
                StringComparison.Ordinal) is > 0 and var at ? at + mark.Length : 0).FirstOrDefault(at => at > 0);
            if (cut == 0) cut = char.IsHighSurrogate(left[longest - 1]) ? longest - 1 : longest;
            pieces.Add(left[..cut].TrimEnd());
            left = left[cut..].TrimStart();
        }
        if (left.Length > 0) pieces.Add(left);
        return pieces;
    }

    /// <summary>
    /// One line, as the variable of a template must be: no line ends, no more than a blank at a time.
    /// </summary>
    public static string Line(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..(longest - 1)] + "…";
    }
}
