using System.Text;

namespace Baton.Text;

/// <summary>
/// Letters of other alphabets that look Latin. A word is rewritten only when that makes all of it Latin: "lаwyer" with
/// a Cyrillic а is a disguise, a Russian word is not.
/// </summary>
internal static class LookAlikes
{
    private const string Pairs =
        // Cyrillic
        "аaеeоoрpсcуyхxіiјjѕsһhӏlԁdԛqԝwкkмmтtнhвbёeїi"
        + "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXѴVԜWԚQҮYЁEЇI"
        // Greek
        + "αaοoνvρpυuιiκkτtχxγyεeηnωwβb"
        + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
        // Armenian, and small capitals and other letters of the phonetic alphabet
        + "օoսuհhոnզqցgɑaɡgɩiʟlᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz";

    private static readonly Dictionary<char, char> Latin = Read();

    /// <summary>Rewrites the disguised words of a text.</summary>
    public static StringBuilder InPlace(StringBuilder text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsLetter(text[start])) continue;
            var end = start;
            var foreign = false;
            var disguised = true;
            for (; end < text.Length && char.IsLetter(text[end]); end++)
            {
                if (char.IsAscii(text[end])) continue;
                foreign = true;
                disguised &= Latin.ContainsKey(text[end]);
            }
            if (foreign && disguised)
                for (var i = start; i < end; i++)
                    if (Latin.TryGetValue(text[i], out var plain)) text[i] = plain;
            start = end;
        }
        return text;
    }

    private static Dictionary<char, char> Read()
    {
        var latin = new Dictionary<char, char>();
        for (var i = 0; i < Pairs.Length; i += 2) latin[Pairs[i]] = Pairs[i + 1];
        return latin;
    }
}
