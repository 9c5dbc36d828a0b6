namespace Baton.Privacy.Finding;

/// <summary>
/// Passwords that the text announces: "password is X", "Passwort: X". Also API keys by their known beginnings.
/// </summary>
internal static class SecretFinder
{
    private static readonly string[] KeyStarts = ["sk_live", "sk_test", "ghp_", "xoxb", "AKIA", "bt_", "eyJ"];

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
        foreach (var start in KeyStarts)
        {
            for (var i = reading.Text.IndexOf(start); i >= 0;)
            {
                var end = i + start.Length;
                while (end < reading.Text.Length && end - i < 2048 && (char.IsAsciiLetterOrDigit(reading.Text[end])
                    || reading.Text[end] is '_' or '-' or '.')) end++;
                if (end - i >= 16 && (i == 0 || !char.IsLetterOrDigit(reading.Text[i - 1])))
                    reading.Add(i, end, PersonalDataType.Secret, 0.95);
                var next = reading.Text[end..].IndexOf(start);
                i = next < 0 ? -1 : end + next;
            }
        }
    }

    /// <summary>"the password is wrong" announces nothing: a plain lower-case word counts only in quotes.</summary>
    private static bool LooksSecret(ReadOnlySpan<char> value, bool quoted) =>
        quoted || value.IndexOfAnyExceptInRange('a', 'z') > 0 && value.IndexOfAnyExcept(Plain) >= 0;

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'-");
}
