namespace Baton.Knowledge.Indexing;

/// <summary>
/// A question as the index sees it: weighted terms, pairs of neighbours, and the weight of all its words.
/// </summary>
internal sealed class Query
{
    private const float TermSaturation = 5f;

    private Query(Dictionary<int, float> terms, List<(ulong, float)> pairs, float total) =>
        (Terms, Pairs, Total) = (terms, pairs, total);

    /// <summary>Weight of each known term, without its rarity.</summary>
    public Dictionary<int, float> Terms { get; }

    /// <summary>Pairs of terms that stand side by side, with their rarity.</summary>
    public List<(ulong Pair, float Rarity)> Pairs { get; }

    /// <summary>Weight times rarity of all that was asked: what a passage with every word would share.</summary>
    public float Total { get; }

    public static Query From(string question, TermIndex index, Synonyms synonyms, KnowledgeOptions options)
    {
        var text = question.AsSpan(0, Math.Min(question.Length, options.LongestQuestion));
        var words = TermLexicon.Terms(text);
        var weights = new Dictionary<int, float>();
        var sequence = new List<int>(words.Count);
        var unknown = new List<string>();
        foreach (var word in words)
        {
            var term = index.Lexicon.Find(word);
            if (term < 0 || index.DocumentFrequency(term) == 0) unknown.Add(word);
            else Add(weights, term, 1);
            sequence.Add(term);
        }
        foreach (var (term, count) in weights) weights[term] = count * (TermSaturation + 1) / (count + TermSaturation);

        var extra = new Dictionary<int, float>();
        Correct(unknown, words, index, options, extra);
        foreach (var (word, share) in synonyms.Of(words))
            if (index.Lexicon.Find(word) is >= 0 and var term) Most(extra, term, share * options.SynonymWeight);

        var total = weights.Sum(w => w.Value * index.Rarity(index.DocumentFrequency(w.Key)))
            + extra.Sum(e => weights.ContainsKey(e.Key) ? 0 : e.Value * index.Rarity(index.DocumentFrequency(e.Key)));
        foreach (var (term, weight) in extra) Most(weights, term, weight);
        return new Query(Rarest(weights, index, options.MostQueryTerms), PairsOf(sequence, index),
            MathF.Max(total, 1e-3f));
    }

    /// <summary>Typing errors, and words that were wrongly joined ("sizechart") or split ("ware house").</summary>
    private static void Correct(
        List<string> unknown, List<string> words, TermIndex index, KnowledgeOptions options, Dictionary<int,
        float> extra)
    {
        foreach (var word in unknown.Distinct().Take(options.MostCorrections))
        {
            foreach (var (term, edits) in TypoFinder.Find(word, index))
                Most(extra, term, MathF.Pow(options.CorrectionWeight, edits));
            for (var cut = 3; cut <= word.Length - 3; cut++)
            {
                var (left, right) = (index.Lexicon.Find(word.AsSpan(0, cut)), index.Lexicon.Find(word.AsSpan(cut)));
                if (left < 0 || right < 0) continue;
                Most(extra, left, options.CorrectionWeight);
                Most(extra, right, options.CorrectionWeight);
            }
        }
        for (var i = 1; i < Math.Min(words.Count, options.MostQueryTerms); i++)
            if (index.Lexicon.Find(words[i - 1] + words[i]) is >= 0 and var joined)
                Most(extra, joined, options.CorrectionWeight);
    }

    private static List<(ulong, float)> PairsOf(List<int> sequence, TermIndex index)
    {
        var pairs = new Dictionary<ulong, float>();
        for (var i = 1; i < sequence.Count; i++)
        {
            if (sequence[i - 1] < 0 || sequence[i] < 0) continue;
            var pair = PairCounts.Key(sequence[i - 1], sequence[i]);
            if (index.Pairs[pair] is > 0 and var count) pairs[pair] = index.Rarity(count);
        }
        return [.. pairs.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Take(256).Select(p => (p.Key, p.Value))];
    }

    private static Dictionary<int, float> Rarest(Dictionary<int, float> weights, TermIndex index, int most) =>
        weights.Count <= most
            ? weights
            : weights.OrderByDescending(w => w.Value * index.Rarity(index.DocumentFrequency(w.Key))).ThenBy(w => w.Key)
                .Take(most).ToDictionary();

    private static void Add(Dictionary<int, float> weights, int term, float weight) =>
        weights[term] = weights.GetValueOrDefault(term) + weight;

    private static void Most(Dictionary<int, float> weights, int term, float weight) =>
        weights[term] = MathF.Max(weights.GetValueOrDefault(term), weight);
}
