using System.Buffers;

namespace Baton.Privacy.Finding;

/// <summary>
/// Passwords that the text announces: "password is X", "Passwort: X". Also API keys by their known beginnings.
/// </summary>
internal static class SecretFinder
{
    private const int LongestKey = 2048;

    private static readonly SearchValues<string> KeyStarts = SearchValues.Create(
        ["sk_live", "sk_test", "ghp_", "xoxb", "AKIA", "bt_", "eyJ"], StringComparison.Ordinal);

    public static void FindAt(Reading reading, int i)
    {
        if (!reading.Tokens[i].Is(WordClass.CueSecret)) return;
        var tokens = reading.Tokens;
        var next = i + 1;
        var announced = false;
        for (; next < tokens.Length && next - i < 4; next++)
        {
            if (reading.Mark(next) is ':' or '=') announced = true;
            else if (reading[tokens[next]] is "is" or "ist" or "es" or "est") announced = true;
            else break;
        }
        if (!announced || next >= tokens.Length) return;
        var quote = reading.Mark(next) is '"' or '\'';
        var start = quote ? tokens[next].End : tokens[next].Start;
        var end = start;
        while (end < reading.Text.Length && end - start < 128 && !char.IsWhiteSpace(reading.Text[end])
            && !(quote && reading.Text[end] is '"' or '\'')) end++;
        while (end > start && reading.Text[end - 1] is '.' or ',' or ')' or '"') end--;
        if (end - start >= 4 && LooksSecret(reading.Text[start..end], quote)) reading.Add(start, end,
            PersonalDataType.Secret, 0.9);
    }

    /// <summary>API keys: a token that begins as the keys of well-known services do.</summary>
    public static void FindKeys(Reading reading)
    {
        var text = reading.Text;
        for (var from = 0; from < text.Length;)
        {
            var i = text[from..].IndexOfAny(KeyStarts);
            if (i < 0) return;
            i += from;
            var end = i;
            while (end < text.Length && end - i < LongestKey && (char.IsAsciiLetterOrDigit(text[end])
                || text[end] is '_' or '-' or '.')) end++;
            if (end - i >= 16 && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))
                reading.Add(i, end, PersonalDataType.Secret, 0.95);
            from = Math.Max(end, i + 1);
        }
    }

    /// <summary>"the password is wrong" announces nothing: a plain lower-case word counts only in quotes.</summary>
    private static bool LooksSecret(ReadOnlySpan<char> value, bool quoted) =>
        quoted || value.IndexOfAnyExceptInRange('a', 'z') > 0 && value.IndexOfAnyExcept(Plain) >= 0;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'-");
}
