using Baton.Text;

namespace Baton.Triage.Instructions;

/// <summary>
/// Weak signs in the shape of a text: a sentence that hands out a role, a stretch of capitals, a change between English
/// and German in the middle. None of them means anything alone; the model weighs them.
/// </summary>
internal static class InstructionShape
{
    private const int LongestWord = 24;
    private const int CapitalsInARow = 4;

    private static readonly HashSet<ulong> Roles =
        Keys("you are|you re|du bist|now you|jetzt bist|pretend you|pretend to|imagine you|stell dir"
        + "|be a|be an|act as|from now|ab jetzt|let s|repeat after|say yes|state that|write a|write me|schreibe ein|schreib mal|formuliere f|tell me|answer the|beantworte die");

    private static readonly HashSet<string> Praise = ["good", "great", "well", "excellent", "ok", "okay", "super",
        "sehr", "gut", "perfect",
        "simply", "einfach", "ausgezeichnet", "ausgezeichnete", "fantastic", "bravo", "man", "mann", "nice"];

    private static readonly HashSet<string> English = ["the", "is", "are", "what", "and", "how", "of", "to", "you",
        "for", "in", "do", "does"];

    private static readonly HashSet<string> German = ["der", "die", "das", "ist", "und", "wie", "du", "ich", "nicht",
        "ein", "eine", "was", "für", "mir", "fur"];

    /// <summary>The signs of a text.</summary>
    public static IEnumerable<InstructionSign> Read(string text)
    {
        var shape = Measure(text);
        if (shape.Role) yield return new(InstructionKind.Jailbreak, 0.1, "a role is handed out", "shape-role");
        if (shape.LateRole) yield return new(InstructionKind.Jailbreak, 0.1, "a role is handed out", "shape-late-role");
        if (shape.Praise) yield return new(InstructionKind.Override, 0.1, "praise before a task", "shape-praise");
        if (shape.Capitals) yield return new(InstructionKind.Override, 0.1, "a stretch of capitals", "shape-capitals");
        if (shape is { English: >= 3, German: >= 3 }) yield return new(InstructionKind.Override, 0.1,
            "the language changes", "shape-languages");
    }

    private static (bool Role, bool LateRole, bool Praise, bool Capitals, int English, int German) Measure(string text)
    {
        Span<char> buffer = stackalloc char[LongestWord * 2];
        var (first, last, starts, sentence, row, lower) = (0UL, "", true, 0, 0, 0);
        var (role, late, praise, capitals, english, german) = (false, false, false, false, 0, 0);
        foreach (var token in Tokenizer.Split(text))
        {
            var raw = token.In(text);
            if (token.Kind == TokenKind.Mark)
            {
                if (raw[0] is '.' or '?' or '!' or ':' or '"') starts = true;
                continue;
            }
            if (raw.Length > LongestWord) continue;
            var word = new string(buffer[..Letters.Normalize(raw, buffer)]);
            if (starts) (first, last, sentence) = (FeatureKey.Of(40, word), word, sentence + 1);
            else if (first != 0)
            {
                var isRole = Roles.Contains(FeatureKey.Pair(41, first, FeatureKey.Of(40, word)));
                role |= isRole && sentence == 1;
                late |= isRole && sentence > 1;
                praise |= sentence == 1 && Praise.Contains(last);
                first = 0;
            }
            starts = false;
            english += English.Contains(word) ? 1 : 0;
            german += German.Contains(word) ? 1 : 0;
            var shouted = raw.Length > 1 && raw.IndexOfAnyExceptInRange('A', 'Z') < 0;
            lower += shouted ? 0 : 1;
            row = shouted ? row + 1 : 0;
            capitals |= row >= CapitalsInARow;
        }
        return (role, late, praise, capitals && lower > 3, english, german);
    }

    private static HashSet<ulong> Keys(string pairs) => [.. pairs.Split('|').Select(p => p.Split(' '))
        .Select(p => FeatureKey.Pair(41, FeatureKey.Of(40, p[0]), FeatureKey.Of(40, p[1])))];
}
