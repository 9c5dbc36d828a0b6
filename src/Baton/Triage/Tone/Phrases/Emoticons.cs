namespace Baton.Triage.Tone.Phrases;

/// <summary>Emoji and emoticons as words: a closed set of feelings, so that the lexicon can weigh them.</summary>
internal static class Emoticons
{
    private static readonly string[] Happy = [":)", ":-)", ":D", ":-D", "=)", ":]", "^^"];
    private static readonly string[] Sad = [":(", ":-(", "=(", ":[", ":'(", ":,("];
    private static readonly string[] Cross = [">:(", ">:-(", "-_-"];
    private static readonly string[] Doubtful = [":/", ":-/", ":\\", ":-\\", ":|", ":-|"];
    private static readonly string[] Teasing = [";)", ";-)", ":P", ":-P", ":p", ";p"];

    private static readonly (string Name, string Faces)[] Feelings =
    [
        ("face_happy", "😀😃😄😁😆😊🙂☺😇😍🥰😘🤗🤩😎🥳😋😌"),
        ("face_love", "❤♥💕💖💗💙💚💛💜🧡💞😻"),
        ("face_praise", "👏🙌💯🎉🎊🏆⭐🌟✨"),
        ("face_ok", "👍👌🤝💪✅"),
        ("face_thanks", "🙏💐🌹"),
        ("face_laugh", "😂🤣😹"),
        ("face_sad", "😢😭😞😔😟🙁☹😥😓😿💔😩😫😣😖🥺"),
        ("face_angry", "😡😠🤬👿💢😤🖕👎"),
        ("face_doubt", "😒🙄😑😐🤔😕😬🤨🤷🤦"),
        ("face_fear", "😱😨😰😳🆘"),
        ("face_alarm", "🚨⚠🔥❗‼⏰"),
        ("face_disgust", "🤮🤢💩"),
        ("face_tease", "😉😜😝😛🙃😏"),
    ];

    private const char First = '\uE000';

    private static readonly Dictionary<int, char> Emoji = Feelings
        .SelectMany((row, i) => row.Faces.EnumerateRunes().Select(rune => (rune.Value, Code: (char)(First + i))))
        .DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Code);

    /// <summary>
    /// The one-character word that stands for a feeling in a text; throws for a name that is not in the set.
    /// </summary>
    public static char Code(string name) => (char)(First + Array.FindIndex(Feelings, f => f.Name == name) is var code
        && code >= First ? code : throw new FormatException($"no feeling is called '{name}'"));

    /// <summary>The name behind a code, or null for any other character.</summary>
    public static string? Name(char code) =>
        code >= First && code < First + Feelings.Length ? Feelings[code - First].Name : null;

    /// <summary>
    /// The feeling a text begins with, and how many characters it takes. Emoticons need a non-letter after them.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out char face, out int length)
    {
        face = default;
        length = 0;
        var c = text[0];
        if (c > 0x2000)
        {
            System.Text.Rune.DecodeFromUtf16(text, out var rune, out length);
            return Emoji.TryGetValue(rune.Value, out face);
        }
        if (c is not (':' or ';' or '=' or '>' or '-' or '^')) return false;
        return Find(text, Cross, "face_angry", ref face, ref length)
            || Find(text, Sad, "face_sad", ref face, ref length)
            || Find(text, Happy, "face_happy", ref face, ref length)
            || Find(text, Doubtful, "face_doubt", ref face, ref length)
            || Find(text, Teasing, "face_tease", ref face, ref length);
    }

    private static bool Find(ReadOnlySpan<char> text, string[] forms, string name, ref char face, ref int length)
    {
        foreach (var form in forms)
        {
            if (!text.StartsWith(form)) continue;
            if (text.Length > form.Length && char.IsLetterOrDigit(text[form.Length])) continue;
            (face, length) = (Code(name), form.Length);
            return true;
        }
        return false;
    }
}
