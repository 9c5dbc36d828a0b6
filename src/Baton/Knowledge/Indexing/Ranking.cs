using System.Buffers;
using System.Numerics.Tensors;
using Baton.Knowledge.Indexing.Topics;

namespace Baton.Knowledge.Indexing;

/// <summary>
/// Two stages: BM25F over every passage that shares a word with the question, then word pairs and topic vectors for the
/// best of them.
/// </summary>
internal static class Ranking
{
    public static List<Passage> Search(
        Query query, TermIndex index, TopicSpace? topics, KnowledgeOptions options, SearchOptions search)
    {
        var count = index.Passages.Count;
        if (count == 0 || query.Terms.Count == 0) return [];
        var scores = ArrayPool<float>.Shared.Rent(count);
        try
        {
            Array.Clear(scores, 0, count);
            foreach (var (term, weight) in query.Terms.OrderBy(t => t.Key))
                index.Accumulate(term, weight * index.Rarity(index.DocumentFrequency(term)), scores);
            var wanted = Math.Clamp(search.Top, 1, 1_000);
            var candidates = Candidates.Best(
                scores.AsSpan(0, count), Math.Max(options.Candidates, 3 * wanted), Filter(index, search));
            Rerank(candidates, query, index, topics, options);
            return Limit(candidates, query, index, search, wanted);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private static void Rerank(
        List<Candidate> candidates, Query query, TermIndex index, TopicSpace? topics, KnowledgeOptions options)
    {
        if (candidates.Count == 0) return;
        var pairs = new PairSignal(query, options);
        var direction = topics?.VectorOf(query, index);
        var scale = options.TopicWeight * candidates.Max(c => c.Score);
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            var passage = index.Passages[candidate.Passage];
            var score = candidate.Score + options.PairWeight * pairs.Score(passage, index.NormsOf(candidate.Passage));
            if (direction is not null && passage.Topics is { } topic && topic.Length == direction.Length
                && topic.Length > 0)
                score += scale * TensorPrimitives.Dot<float>(direction, topic);
            candidates[i] = candidate with { Score = score };
        }
        candidates.Sort();
    }

    private static List<Passage> Limit(
        List<Candidate> candidates, Query query, TermIndex index, SearchOptions search, int wanted)
    {
        var found = new List<Passage>(wanted);
        var perArticle = new Dictionary<string, int>();
        foreach (var candidate in candidates)
        {
            var passage = index.Passages[candidate.Passage];
            var already = perArticle.GetValueOrDefault(passage.Article.Id);
            if (already >= Math.Max(1, search.PerArticle)) continue;
            perArticle[passage.Article.Id] = already + 1;
            found.Add(passage.ToPassage(Math.Max(0, candidate.Score / query.Total)));
            if (found.Count == wanted) break;
        }
        return found;
    }

    private static Predicate<int> Filter(TermIndex index, SearchOptions search)
    {
        var language = Primary(search.Language);
        return number =>
        {
            var passage = index.Passages[number];
            if (passage.IsRemoved) return false;
            var article = passage.Article;
            if (search.Articles.Count > 0 && !search.Articles.Contains(article.Id)) return false;
            if (language is not null && article.Language is not null
                && !language.Equals(Primary(article.Language), StringComparison.OrdinalIgnoreCase)) return false;
            return search.Tags.Count == 0
                || article.Tags.Any(t => search.Tags.Contains(t, StringComparer.OrdinalIgnoreCase));
        };
    }

    private static string? Primary(string? language) => language?.Split('-', '_')[0];
}
