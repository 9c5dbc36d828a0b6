namespace Baton.Knowledge.Grounding;

/// <summary>
/// What speaks for and against an answer being borne out by its sources, as numbers for a linear model.
/// </summary>
internal static class Features
{
    /// <summary>Content words of an answer that counts as short.</summary>
    private const double ShortAnswer = 12;

    /// <summary>Where the weighted share of words that the source has stands in the result.</summary>
    public const int Coverage = 0;

    /// <summary>Where the share of runs of three words that the source has stands in the result.</summary>
    public const int Triples = 9;

    private const int Plain = 31;

    /// <summary>Signals that mean something else depending on each other: their products are signals too.</summary>
    private static readonly int[] Multiplied = [0, 4, 6, 8, 19, 21, 24, 26];

    private const int Signals = Plain + 8 * 9 / 2;

    /// <summary>
    /// Every signal twice: as it is, and again for long answers, where single replaced words matter more.
    /// </summary>
    public const int Count = Signals + Plain;

    public static double[] Of(AnswerText answer, SourceText source)
    {
        var words = answer.Words;
        var f = new double[Count];
        Measure(answer, source, f);
        var content = words.Where(w => w.IsContent).ToList();
        (f[26], f[30]) = LocalSignals.Sentences(words, answer.Sentences, source);
        f[28] = LocalSignals.NumbersInContext(words, source);
        f[29] = LocalSignals.Compactness(content, source);
        Multiply(f);
        var longAnswer = Math.Clamp((Math.Exp(f[21]) - ShortAnswer) / ShortAnswer, 0, 1);
        for (var i = 0; i < Plain; i++) f[Signals + i] = longAnswer * f[i];
        return f;
    }

    private static void Multiply(double[] f)
    {
        var at = Plain;
        for (var a = 0; a < Multiplied.Length; a++)
            for (var b = a; b < Multiplied.Length; b++) f[at++] = f[Multiplied[a]] * f[Multiplied[b]];
    }

    private static void Measure(AnswerText answer, SourceText source, double[] f)
    {
        var words = answer.Words;
        var content = words.Where(w => w.IsContent).ToList();
        var weight = content.Sum(Weight) + 1e-9;
        var novel = content.Where(w => !source.Has(w.Stem)).ToList();
        var coverage = 1 - novel.Sum(Weight) / weight;
        if (content.Count == 0) coverage = 0;
        var (bestCoverage, bestRecall) = BestSentence(content, source);
        f[0] = coverage;
        f[1] = coverage * coverage;
        f[2] = bestCoverage;
        f[3] = bestRecall;
        f[4] = Math.Log(1 + novel.Count);
        f[5] = Math.Min(5, LongestRun(content, source)) / 5.0;
        Pairs(words, content, source, f);
        Polarity(words, source, f);
        var exact = content.Count == 0 ? 0 : content.Count(w => source.HasForm(w.Form)) / (double)content.Count;
        f[18] = exact;
        f[19] = words.Count == 0 ? 1 : words.Count(w => WordLists.Chat.Contains(w.Form)) / (double)words.Count;
        f[17] = Math.Min(3, answer.Facts.Numbers.Count(n => source.Facts.Against(n) is not null));
        f[20] = answer.Text.Contains('?') ? 1 : 0;
        f[21] = Math.Log(1 + content.Count);
        f[22] = Math.Log(1 + source.Words.Count);
        f[23] = f[22] * coverage;
        f[24] = content.Count == 0 ? 0 : 1 - content.Select(w => w.Stem).Distinct().Count() / (double)content.Count;
        f[25] = novel.Count == 0 ? 0 : novel.Count(w => HasRelative(w.Stem, source)) / (double)novel.Count;
        f[27] = Math.Min(3, words.Count(w => w.IsName && !w.IsNumber && !source.Has(w.Stem)));
    }

    /// <summary>Longer words say more; numbers and names say most.</summary>
    public static double Weight(GroundingWord word) =>
        (word.IsNumber || word.IsName ? 1.5 : 0.5) + Math.Min(10, word.Form.Length) / 10.0;

    private static (double Coverage, double Recall) BestSentence(List<GroundingWord> content, SourceText source)
    {
        var stems = content.Select(w => w.Stem).ToHashSet();
        double coverage = 0, recall = 0;
        foreach (var (start, end) in source.Sentences)
        {
            var inside = new HashSet<string>();
            for (var i = start; i < end; i++)
                if (source.Words[i].IsContent) inside.Add(source.Words[i].Stem);
            if (inside.Count == 0 || stems.Count == 0) continue;
            var shared = (double)inside.Count(stems.Contains);
            coverage = Math.Max(coverage, shared / stems.Count);
            if (inside.Count >= 3) recall = Math.Max(recall, shared / inside.Count);
        }
        return (coverage, recall);
    }

    private static int LongestRun(List<GroundingWord> content, SourceText source)
    {
        int longest = 0, run = 0;
        foreach (var word in content) longest = Math.Max(longest, run = source.Has(word.Stem) ? 0 : run + 1);
        return longest;
    }

    private static void Pairs(List<GroundingWord> words, List<GroundingWord> content, SourceText source, double[] f)
    {
        int near = 0, far = 0, counted = 0;
        for (var i = 1; i < content.Count; i++)
        {
            if (!source.Has(content[i - 1].Stem) || !source.Has(content[i].Stem)) continue;
            counted++;
            var distance = source.Distance(content[i - 1].Stem, content[i].Stem);
            if (distance <= 4) near++;
            else if (distance > 15) far++;
        }
        f[6] = content.Count < 2 ? 0 : near / (content.Count - 1.0);
        f[7] = counted == 0 ? 0 : far / (double)counted;
        int pairs = 0, triples = 0, replaced = 0;
        for (var i = 1; i < words.Count; i++)
        {
            if (source.HasPair(words[i - 1].Stem, words[i].Stem)) pairs++;
            if (i < 2) continue;
            if (source.HasTriple(words[i - 2].Stem, words[i - 1].Stem, words[i].Stem)) triples++;
            if (!source.Has(words[i - 1].Stem) && words[i - 1].IsContent
                && source.HasOtherBetween(words[i - 2].Stem, words[i - 1].Stem, words[i].Stem)) replaced++;
        }
        f[8] = words.Count < 2 ? 0 : pairs / (words.Count - 1.0);
        f[9] = words.Count < 3 ? 0 : triples / (words.Count - 2.0);
        f[10] = Math.Min(3, replaced);
    }

    private static void Polarity(List<GroundingWord> words, SourceText source, double[] f)
    {
        f[11] = Math.Min(3, Negation.Mismatches(words, source).Count);
        f[12] = Math.Min(3, Negation.Opposites(words, source).Count);
        f[13] = Math.Min(3, words.Count(w => WordLists.Absolutes.Contains(w.Form) && !source.HasForm(w.Form)));
        f[14] = Math.Min(3, words.Count(w => WordLists.Hedges.Contains(w.Form) && !source.HasForm(w.Form)));
        f[15] = Math.Min(3, words.Count(w => w.IsNegation));
        f[16] = source.Words.Count == 0 ? 0
            : Math.Min(1, source.Words.Count(w => w.IsNegation) * 20.0 / source.Words.Count);
    }

    /// <summary>Whether the source has a word with the same beginning: "delivery" and "delivering goods".</summary>
    private static bool HasRelative(string stem, SourceText source) =>
        stem.Length >= 5 && source.Words.Any(w => w.Stem.Length >= 4 && w.Stem.AsSpan().CommonPrefixLength(stem) >= 4);
}
