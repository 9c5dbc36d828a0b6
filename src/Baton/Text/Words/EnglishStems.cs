namespace Baton.Text.Words;

/// <summary>What to put for a suffix, and which letter must stand before it.</summary>
internal readonly record struct SuffixRule(
    string Suffix, string Replacement, string PrecededBy = "", bool InR2 = false);

/// <summary>The word lists of <see cref="EnglishStemmer"/>; within a step the longest suffix comes first.</summary>
internal static class EnglishStems
{
    public static readonly SuffixRule[] Step2 =
    [
        new("ational", "ate"), new("fulness", "ful"), new("iveness", "ive"), new("ization", "ize"),
        new("ousness", "ous"), new("biliti", "ble"), new("lessli", "less"), new("tional", "tion"),
        new("alism", "al"), new("aliti", "al"), new("ation", "ate"), new("entli", "ent"), new("fulli", "ful"),
        new("iviti", "ive"), new("ousli", "ous"), new("abli", "able"), new("alli", "al"), new("anci", "ance"),
        new("ator", "ate"), new("enci", "ence"), new("izer", "ize"), new("bli", "ble"), new("ogi", "og", "l"),
        new("li", "", "cdeghkmnrt"),
    ];

    public static readonly SuffixRule[] Step3 =
    [
        new("ational", "ate"), new("tional", "tion"), new("alize", "al"), new("ative", "", InR2: true),
        new("icate", "ic"), new("iciti", "ic"), new("ical", "ic"), new("ness", ""), new("ful", ""),
    ];

    public static readonly SuffixRule[] Step4 =
    [
        new("ement", ""), new("able", ""), new("ance", ""), new("ence", ""), new("ible", ""), new("ment", ""),
        new("ant", ""), new("ate", ""), new("ent", ""), new("ion", "", "st"), new("ism", ""), new("iti", ""),
        new("ive", ""), new("ize", ""), new("ous", ""), new("al", ""), new("er", ""), new("ic", ""),
    ];

    /// <summary>Beginnings after which the first region starts at once, so that "general" is not "generate".</summary>
    public static readonly string[] RegionPrefixes = ["gener", "commun", "arsen"];

    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
        ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli",
        ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas",
        ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> FinishedAfterPlural =
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ExceptionLookup =
        Exceptions.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FinishedLookup =
        FinishedAfterPlural.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string? Exception(ReadOnlySpan<char> word) =>
        word.Length <= 6 && ExceptionLookup.TryGetValue(word, out var stem) ? stem : null;

    public static bool IsFinished(ReadOnlySpan<char> word) =>
        word.Length is >= 6 and <= 7 && FinishedLookup.Contains(word);
}
