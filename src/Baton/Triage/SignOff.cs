using System.Buffers;

namespace Baton.Triage;

/// <summary>
/// Where the name under a letter begins: "Best regards", "Ron Weaver", "Head of Sales" ask for nothing.
/// </summary>
internal static class SignOff
{
    /// <summary>A name with a title, a line of a firm's signature: longer lines are sentences.</summary>
    private const int MostWords = 5;

    private const int MostLines = 5;

    private static readonly SearchValues<char> Asking = SearchValues.Create("?!0123456789:;@/");

    private static readonly string[] Greetings =
    [
        "best", "regards", "kind regards", "best regards", "warm regards", "cheers", "thanks", "many thanks",
        "thank you",
        "sincerely", "yours", "yours truly", "yours sincerely", "respectfully", "take care", "mit freundlichen grüßen",
        "viele grüße", "lg", "mfg", "cordialement", "saludos", "atentamente", "groeten", "pozdrawiam",
    ];

    /// <summary>
    /// Index of the first sign of the sign-off; the text's length when there is none. The first line is never one.
    /// </summary>
    public static int Start(string text)
    {
        var (start, end) = (text.Length, text.Length);
        for (var lines = 0; lines < MostLines;)
        {
            var begin = end == 0 ? -1 : text.LastIndexOf('\n', end - 1);
            if (begin < 0) break;
            var line = text.AsSpan(begin + 1, end - begin - 1).Trim();
            if (line.Length > 0)
            {
                if (!Is(line)) break;
                start = begin + 1;
                lines++;
            }
            end = begin;
        }
        return start;
    }

    private static bool Is(ReadOnlySpan<char> line)
    {
        // A placeholder stands for a name; its number and brackets are not the customer's.
        if (line is ['[', .., ']'] && !line.Contains(' ')) return true;
        var words = 0;
        var names = true;
        foreach (var range in line.Split(' '))
        {
            var word = line[range].Trim(",.-–—").Trim();
            if (word.Length == 0) continue;
            if (++words > MostWords) return false;
            var name = char.IsUpper(word[0]) || word is ['[', ..]
                || word is "of" or "and" or "de" or "van" or "von" or "der";
            names &= name && (word is ['[', ..] || !word.ContainsAny(Asking));
        }
        return names || Greets(line);
    }

    /// <summary>"Best, Robin" and "thanks": the words of a greeting, then at most a name.</summary>
    private static bool Greets(ReadOnlySpan<char> line)
    {
        if (line.ContainsAny("?;:@/")) return false;
        foreach (var greeting in Greetings)
        {
            if (!line.StartsWith(greeting, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = line[greeting.Length..].Trim(" ,.!-–—");
            if (rest.IsEmpty || (char.IsUpper(rest[0]) && rest.Count(' ') < 3) || rest is ['[', ..]) return true;
        }
        return false;
    }
}
