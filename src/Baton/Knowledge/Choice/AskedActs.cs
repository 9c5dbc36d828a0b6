using System.Text.RegularExpressions;

namespace Baton.Knowledge.Choice;

/// <summary>
/// Whether a message asks somebody to do something: "please make an exception", "can you cancel mine". Articles tell;
/// "can you repair zips" and "please tell me" ask for that.
/// </summary>
internal static partial class AskedActs
{
    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | RegexOptions.ExplicitCapture;

    /// <summary>Verbs of asking for words, and what else follows "please" or "can you" without naming an act.</summary>
    private static readonly HashSet<string> Telling = new(
        ("tell let explain advise confirm answer help note know say see clarify be do don find what how when where which if "
            + "and i can could is are does").Split(' '), StringComparer.OrdinalIgnoreCase);

    public static bool In(string text)
    {
        if (Wish().IsMatch(text)) return true;
        foreach (Match please in Please().Matches(text))
            if (!Telling.Contains(please.Groups["verb"].Value)) return true;
        foreach (Match can in Can().Matches(text))
            if (!Telling.Contains(can.Groups["verb"].Value) && Theirs().IsMatch(can.Groups["rest"].Value)) return true;
        return false;
    }

    [GeneratedRegex(@"\bplease (also |just |kindly )?(?<verb>[a-z]+)", Reading)]
    private static partial Regex Please();

    [GeneratedRegex(@"\b(could|can|would|will) (you|u|someone|somebody|anyone|anybody|one of you)( please| also| just| kindly| possibly)* "
        + @"(?<verb>[a-z]+)(?<rest>[^.?!\n]{0,80})", Reading)]
    private static partial Regex Can();

    [GeneratedRegex(@"\b(my|mine|me|us|our|this|them|him|her)\b", Reading)]
    private static partial Regex Theirs();

    [GeneratedRegex(@"\bplease also\b|\bexception\b|\b(like|want|need) (you|someone|somebody) to\b"
        + @"|\b(put|set|hold|keep|lay) (it|one|them) (aside|back)\b|\bfor me (today|now|please)\b", Reading)]
    private static partial Regex Wish();
}
