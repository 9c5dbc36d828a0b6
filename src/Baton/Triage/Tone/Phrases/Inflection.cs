namespace Baton.Triage.Tone.Phrases;

/// <summary>The regular endings of an English word. Forms that do not exist do no harm: nobody writes them.</summary>
internal static class Inflection
{
    /// <summary>
    /// The word itself and its -s, -ed, -ing forms, with e dropped, y turned, the last consonant doubled.
    /// </summary>
    public static IEnumerable<string> Of(string word)
    {
        yield return word;
        if (word.Length < 2) yield break;
        var last = word[^1];
        if (last == 'e')
        {
            yield return word + "s";
            yield return word + "d";
            yield return word[..^1] + "ing";
            yield break;
        }
        if (last == 'y' && !IsVowel(word[^2]))
        {
            yield return word[..^1] + "ies";
            yield return word[..^1] + "ied";
            yield return word + "ing";
            yield break;
        }
        var sibilant = last is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal)
            || word.EndsWith("sh", StringComparison.Ordinal);
        yield return word + (sibilant ? "es" : "s");
        yield return word + "ed";
        yield return word + "ing";
        if (IsVowel(last) || !IsVowel(word[^2]) || last is 'w' or 'x' or 'y') yield break;
        yield return word + last + "ed";
        yield return word + last + "ing";
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
