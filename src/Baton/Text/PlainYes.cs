using System.Text.RegularExpressions;

namespace Baton.Text;

/// <summary>
/// Whether a reply is a plain yes to what was shown: it agrees, and says nothing that could change what is agreed to.
/// In doubt it is none, because a needless look by a person costs less than an effect that nobody wanted.
/// </summary>
public static partial class PlainYes
{
    /// <summary>Words at most: a longer reply tells something new.</summary>
    private const int MostWords = 40;

    /// <summary>Words with which a reply takes back, changes, limits or doubts what it agrees to.</summary>
    private static readonly HashSet<string> Doubts =
    [
        "no", "not", "never", "nope", "nah", "cannot", "but", "however", "except", "instead", "wait", "stop", "hold",
        "unless", "if", "before", "first", "only", "rather", "different", "another", "other", "change", "changed",
        "actually", "also", "additionally", "maybe", "perhaps", "unsure", "think", "later", "tomorrow", "or", "without",
        "wrong", "says", "said", "customer", "system", "assistant", "nein", "nicht", "kein", "keine", "aber", "doch", "warte", "erst", "nur", "anders", "statt",
        "vielleicht", "pero", "sino", "espera", "solo", "nunca", "quizás", "non", "pas", "mais", "attends", "sauf",
        "não", "mas", "espere", "però", "aspetta",
    ];

    /// <param name="reply">What the customer wrote since; quotations in it are not read.</param>
    /// <param name="shown">What was shown; a number that does not stand there makes it another matter.</param>
    public static bool Is(string reply, string? shown = null)
    {
        var text = FoldedText.Of(OwnWords.Of(reply)).ToLowerInvariant().Replace('\u2019', '\'');
        var words = Word().Matches(text).Select(m => m.Value).ToList();
        if (words.Count is 0 or > MostWords || text.Contains('?')) return false;
        if (words.Any(w => Doubts.Contains(w) || w.EndsWith("n't", StringComparison.Ordinal))) return false;
        if (shown is not null && Number().Matches(text).Any(n => !shown.Contains(n.Value, StringComparison.Ordinal)))
            return false;
        return Agreement().IsMatch(text);
    }

    [GeneratedRegex(@"[\p{L}\p{M}']+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(?:yes|yep|yeah|yup|confirm|confirmed|agree|agreed|proceed|go ahead|ok|okay|sure|correct|absolutely|certainly|"
        + @"definitely|please do|do it|that's right|that is right|sounds good|looks good|perfect|ja|jawohl|gerne|genau|"
        + @"einverstanden|stimmt|sí|si|claro|confirmo|de acuerdo|adelante|oui|d'accord|sim|sì|va bene|confermo)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Agreement();
}
