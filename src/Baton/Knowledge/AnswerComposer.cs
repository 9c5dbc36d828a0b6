using Baton.Knowledge.Answers;

namespace Baton.Knowledge;

/// <summary>Makes an answer of the sentences of the best passages that mention what was asked.</summary>
public sealed class AnswerComposer(KnowledgeIndex index)
{
    private const double CloseToBest = 0.6;
    private static readonly AnswerOptions Defaults = new();
    private static readonly string[] Pronouns =
        ["it ", "this ", "they ", "these ", "that ", "those ", "then ", "otherwise"];

    /// <summary>
    /// The answer, or null when there is nothing to make one of. Check <see cref="LocalAnswer.InArticles"/> before use.
    /// </summary>
    /// <param name="question">What was asked.</param>
    /// <param name="passages">What <see cref="KnowledgeIndex.Search"/> found for it, best first.</param>
    /// <param name="options">Lengths and the relevance floor.</param>
    public LocalAnswer? Compose(string question, IReadOnlyList<Passage> passages, AnswerOptions? options = null)
    {
        options ??= Defaults;
        if (Answer(question, passages, options) is not var (best, chosen, signals)) return null;
        var relevance = Relevance.Of(signals);
        return new LocalAnswer(Join(chosen), Cite(best, chosen), relevance, relevance >= options.RelevanceFloor);
    }

    /// <summary>What the relevance of an answer is judged by; null when there is none. For fitting.</summary>
    internal double[]? Signals(string question, IReadOnlyList<Passage> passages) =>
        Answer(question, passages, Defaults)?.Signals;

    private (Passage Best, List<AnswerUnit> Chosen, double[] Signals)? Answer(
        string question, IReadOnlyList<Passage> passages, AnswerOptions options)
    {
        if (passages.Count == 0) return null;
        var asked = index.Asked(question);
        if (asked.Total <= 0) return null;
        var best = SectionChoice.Best(question, passages, asked);
        var chosen = Choose(best, asked, options);
        return chosen.Count == 0 ? null : (best, chosen, RelevanceSignals(best, chosen, passages[0].Score, asked));
    }

    private static double[] RelevanceSignals(
        Passage best, List<AnswerUnit> chosen, double topScore, AskedWords asked)
    {
        var rarest = 0.0;
        foreach (var (term, rarity) in asked.Known)
            if (best.Stored.Terms.Contains(term)) rarest = Math.Max(rarest, rarity);
        return
        [
            Math.Min(3, topScore),
            asked.Weight(best.Stored.Terms) / asked.Total,
            asked.Weight(best.Stored.Title) / asked.Total,
            asked.Weight(best.Stored.Heading) / asked.Total,
            asked.Weight(Join(chosen)) / asked.Total,
            rarest / asked.Rarest,
        ];
    }

    private static List<AnswerUnit> Choose(Passage passage, AskedWords asked, AnswerOptions options)
    {
        var units = AnswerUnits.Of(passage.Text);
        if (units.Count == 0) return [];
        var (heading, body) = (asked.Weight(passage.Stored.Heading), asked.Weight(passage.Stored.Body));
        // Nothing of its own to go by: the article was found by its title, and this is its section to begin with.
        var headed = heading >= 0.5 * Math.Max(1e-6, heading + body)
            || body < 0.25 * asked.Weight(passage.Stored.Title);
        // A short section under a heading that names the question is the answer as it stands.
        if (headed && units.Sum(u => u.Text.Length) <= options.LongestAnswer && units.Count <= options.MostUnits)
            return units;

        var weights = units.Select(u => asked.Weight(u.Text)).ToArray();
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
    private static List<QuotedPassage> Cite(Passage passage, List<AnswerUnit> units)
    {
        var citations = new List<QuotedPassage>();
        for (var i = 0; i < units.Count;)
        {
            var last = i;
            while (last + 1 < units.Count && IsBlank(passage.Text, units[last].End, units[last + 1].Start)) last++;
            var quote = passage.Text[units[i].Start..units[last].End];
            citations.Add(new QuotedPassage(passage.ArticleId, passage.Title, passage.Heading, quote));
            i = last + 1;
        }
        return citations;
    }

    private static bool IsBlank(string text, int start, int end) => text.AsSpan(start, end - start).IsWhiteSpace();
}
