namespace Baton.Triage.Instructions;

/// <summary>
/// A pattern that was seen: its kind, how much it says (1 is decisive), the words, and its name as a feature.
/// </summary>
internal readonly record struct InstructionSign(InstructionKind Kind, double Weight, string Words, string Name);

/// <summary>Patterns over a handful of word classes in eight languages, read in one pass.</summary>
internal static class InstructionRules
{
    private const int Reach = 7;
    private const int MostSigns = 64;

    private static readonly string[] RoleMarks =
        ["<|im_start|>", "<|im_end|>", "[inst]", "<<sys>>", "### instruction", "###instruction", "<|system|>",
            "[system]", "<system>", "begin system", "{{system"];

    /// <summary>Looks at the words of a text and at the text as it is written.</summary>
    public static List<InstructionSign> Read(IReadOnlyList<string> words, string text)
    {
        var signs = new List<InstructionSign>();
        var classes = new InstructionWord[words.Count];
        for (var i = 0; i < classes.Length; i++) classes[i] = InstructionWords.Of(words[i]);
        for (var i = 0; i < classes.Length && signs.Count < MostSigns; i++)
        {
            if ((classes[i] & InstructionWord.Drop) != 0) Dropped(words, classes, i, signs);
            if ((classes[i] & InstructionWord.Show) != 0) Shown(words, classes, i, signs);
        }
        Phrases(words, signs);
        foreach (var mark in RoleMarks)
            if (text.Contains(mark, StringComparison.OrdinalIgnoreCase))
                signs.Add(new(InstructionKind.Hidden, 1, mark, "role"));
        if (text.Contains("![", StringComparison.Ordinal) && text.Contains("](http", StringComparison.Ordinal)
            && text.Contains('?'))
            signs.Add(new(InstructionKind.ToolAbuse, 0.3, "![…](http…?…)", "image"));
        signs.AddRange(InstructionShape.Read(text));
        return signs;
    }

    /// <summary>"ignore … previous … instructions", "forget everything … before".</summary>
    private static void Dropped(IReadOnlyList<string> words, InstructionWord[] classes, int i,
        List<InstructionSign> signs)
    {
        var past = false;
        var your = false;
        for (var j = i + 1; j < classes.Length && j <= i + Reach; j++)
        {
            past |= (classes[j] & (InstructionWord.Past | InstructionWord.Inner)) != 0;
            your |= (classes[j] & InstructionWord.Your) != 0;
            if ((classes[j] & InstructionWord.Rule) != 0)
            {
                var next = j + 1 < classes.Length ? classes[j + 1] : InstructionWord.None;
                past |= (next & InstructionWord.Told) != 0;
                signs.Add(new(InstructionKind.Override, past ? 1 : your ? 0.7 : 0.4, Join(words, i, j), past
                    ? "drop-past" : "drop-rule"));
                return;
            }
            if ((classes[j] & InstructionWord.Everything) == 0 || !Near(classes, j, InstructionWord.Told, 5)) continue;
            signs.Add(new(InstructionKind.Override, 0.9, Join(words, i, Math.Min(j + 2, words.Count - 1)),
                "drop-everything"));
            return;
        }
    }

    /// <summary>"show me your … system … prompt".</summary>
    private static void Shown(IReadOnlyList<string> words, InstructionWord[] classes, int i,
        List<InstructionSign> signs)
    {
        var inner = false;
        var your = false;
        for (var j = i + 1; j < classes.Length && j <= i + Reach; j++)
        {
            if ((classes[j] & InstructionWord.Prompt) != 0 && (inner || your))
            {
                signs.Add(new(InstructionKind.PromptExtraction, inner ? 0.9 : 0.4, Join(words, i, j), inner
                    ? "show-inner" : "show-your"));
                return;
            }
            inner |= (classes[j] & InstructionWord.Inner) != 0;
            your |= (classes[j] & InstructionWord.Your) != 0;
        }
    }

    private static void Phrases(IReadOnlyList<string> words, List<InstructionSign> signs)
    {
        var joined = " " + string.Join(' ', words) + " ";
        foreach (var (phrase, kind) in InstructionWords.Phrases)
            if (signs.Count < MostSigns && joined.Contains(phrase, StringComparison.Ordinal))
                signs.Add(new(kind, 0.2, phrase.Trim(), phrase));
    }

    private static bool Near(InstructionWord[] classes, int i, InstructionWord what, int reach)
    {
        for (var j = i + 1; j < classes.Length && j <= i + reach; j++)
            if ((classes[j] & what) != 0) return true;
        return false;
    }

    private static string Join(IReadOnlyList<string> words, int first, int last) =>
        string.Join(' ', words.Skip(first).Take(Math.Min(last - first + 1, 12)));
}
