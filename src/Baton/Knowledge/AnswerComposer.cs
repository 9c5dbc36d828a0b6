using Baton.Knowledge.Answers;
using Baton.Knowledge.Indexing;

namespace Baton.Knowledge;

/// <summary>Makes an answer of the sentences of the best passages that mention what was asked.</summary>
public sealed class AnswerComposer(KnowledgeIndex index)
{
    private const double CloseToBest = 0.6;
    private const int MostPassages = 5;
    private static readonly AnswerOptions Defaults = new();
    private static readonly string[] Pronouns = ["it ", "this ", "they ", "these ", "that ", "those ", "then ", "otherwise"];

    /// <summary>
    /// The answer, or null when there is nothing to make one of. Check <see cref="LocalAnswer.InArticles"/> before use.
    /// </summary>
    /// <param name="question">What was asked.</param>
    /// <param name="passages">What <see cref="KnowledgeIndex.Search"/> found for it, best first.</param>
    /// <param name="options">Lengths and the relevance floor.</param>
    public LocalAnswer? Compose(string question, IReadOnlyList<Passage> passages, AnswerOptions? options = null)
    {
        options ??= Defaults;
        if (passages.Count == 0) return null;
        var asked = index.Rarities(Lexicon.Terms(question.AsSpan(0, Math.Min(question.Length, 20_000))));
        var total = asked.Values.Sum();
        if (total <= 0) return null;

        // Titles find the article; which of its sections answers, the section's own words say better.
        var best = passages.Take(MostPassages)
            .MaxBy(p => p.Score / Math.Max(1e-6, passages[0].Score) + Weight($"{p.Heading}\n{p.Text}", asked) / total)!;
        var chosen = Choose(best, asked, options);
        if (chosen.Count == 0) return null;
        var relevance = Relevance.Of(RelevanceSignals(best, passages[0].Score, asked, total));
        return new LocalAnswer(Join(chosen), Cite(best, chosen), relevance, relevance >= options.RelevanceFloor);
    }

    private static double[] RelevanceSignals(Passage best, double topScore, Dictionary<string, float> asked, double total)
    {
        var article = Lexicon.Terms($"{best.Title}\n{best.Heading}\n{best.Text}").ToHashSet();
        var rarest = asked.Where(a => article.Contains(a.Key)).Select(a => a.Value).DefaultIfEmpty(0).Max();
        return
        [
            Math.Min(3, topScore),
            asked.Sum(a => article.Contains(a.Key) ? a.Value : 0) / total,
            Weight($"{best.Title}\n{best.Heading}", asked) / total,
            rarest / asked.Values.Max(),
        ];
    }

    private static List<AnswerUnit> Choose(Passage passage, Dictionary<string, float> asked, AnswerOptions options)
    {
        var units = AnswerUnits.Of(passage.Text);
        if (units.Count == 0) return [];
        var headed = Weight(passage.Heading, asked) >= 0.5 * Math.Max(1e-6, Weight($"{passage.Heading}\n{passage.Text}", asked));
        // A short section under a heading that names the question is the answer as it stands.
        if (headed && units.Sum(u => u.Text.Length) <= options.LongestAnswer && units.Count <= options.MostUnits) return units;

        var weights = units.Select(u => Weight(u.Text, asked)).ToArray();
        var top = weights.Max();
        var picked = new SortedSet<int>();
        var length = 0;
        foreach (var i in Enumerable.Range(0, units.Count).OrderByDescending(i => weights[i]).ThenBy(i => i))
        {
            if (picked.Count >= options.MostUnits || weights[i] < CloseToBest * top) break;
            if (picked.Count > 0 && length + units[i].Text.Length > options.LongestAnswer) continue;
            picked.Add(i);
            length += units[i].Text.Length;
        }
        AddWhatIsMeant(units, picked, options);
        return [.. picked.Select(i => units[i])];
    }

    /// <summary>A sentence that begins with "It" or "This" needs the one before.</summary>
    private static void AddWhatIsMeant(List<AnswerUnit> units, SortedSet<int> picked, AnswerOptions options)
    {
        foreach (var i in picked.ToArray())
        {
            var refers = !units[i].IsBlock
                && Pronouns.Any(p => units[i].Text.StartsWith(p, StringComparison.OrdinalIgnoreCase));
            if (refers && i > 0 && picked.Count <= options.MostUnits) picked.Add(i - 1);
        }
    }

    private static double Weight(string text, Dictionary<string, float> asked)
    {
        var weight = 0.0;
        foreach (var term in Lexicon.Terms(text).Distinct()) weight += asked.GetValueOrDefault(term);
        return weight;
    }

    private static string Join(List<AnswerUnit> units)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < units.Count; i++)
        {
            if (i > 0) text.Append(units[i].IsBlock || units[i - 1].IsBlock ? '\n' : ' ');
            text.Append(units[i].Text);
        }
        return text.ToString();
    }

    /// <summary>Units that follow each other share one citation.</summary>
    private static List<Citation> Cite(Passage passage, List<AnswerUnit> units)
    {
        var citations = new List<Citation>();
        for (var i = 0; i < units.Count;)
        {
            var last = i;
            while (last + 1 < units.Count && IsBlank(passage.Text, units[last].End, units[last + 1].Start)) last++;
            var quote = passage.Text[units[i].Start..units[last].End];
            citations.Add(new Citation(passage.ArticleId, passage.Title, passage.Heading, quote));
            i = last + 1;
        }
        return citations;
    }

    private static bool IsBlank(string text, int start, int end) => text.AsSpan(start, end - start).IsWhiteSpace();
}
