using Baton.Knowledge;

namespace Baton.Evaluation.Measurements;

/// <summary>A question and the ids of the documents that answer it.</summary>
public sealed record JudgedQuery(string Text, IReadOnlySet<string> Relevant);

/// <summary>
/// How well search finds the documents that answer. Documents are ranked by their best passage; every relevant document
/// counts the same (binary relevance, nDCG with logarithmic discount).
/// </summary>
public static class RetrievalMeasurement
{
    private const int Depth = 20;

    /// <summary>Indexes the documents and asks every query, in one thread.</summary>
    /// <param name="documents">What to search, with different ids.</param>
    /// <param name="queries">Queries with at least one relevant document.</param>
    /// <param name="seed">Seed of the intervals and of the topic vectors.</param>
    /// <param name="clock">Source of durations; the system's when null.</param>
    public static Figures Measure(
        IReadOnlyList<Article> documents, IReadOnlyList<JudgedQuery> queries, int seed, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var started = clock.GetTimestamp();
        using var index = new KnowledgeIndex(new KnowledgeOptions { Seed = seed });
        index.AddRange(documents);
        var indexSeconds = clock.GetElapsedTime(started).TotalSeconds;

        var search = new SearchOptions { Top = Depth, PerArticle = 1 };
        // warm-up: compiled before it is timed
        foreach (var query in queries.Take(200)) index.Search(query.Text, search);
        var milliseconds = new double[queries.Count];
        var ranks = new int[queries.Count][];
        for (var i = 0; i < queries.Count; i++)
        {
            var asked = clock.GetTimestamp();
            var found = index.Search(queries[i].Text, search);
            milliseconds[i] = clock.GetElapsedTime(asked).TotalMilliseconds;
            ranks[i] = [.. found.Index().Where(f => queries[i].Relevant.Contains(f.Item.ArticleId))
                .Select(f => f.Index)];
        }
        return Report(documents.Count, index.PassageCount, queries, ranks, seed)
            .Add("index_seconds", indexSeconds)
            .Add("p50_ms", Percentile(milliseconds, 0.50))
            .Add("p99_ms", Percentile(milliseconds, 0.99));
    }

    private static Figures Report(
        int documents, int passages, IReadOnlyList<JudgedQuery> queries, int[][] ranks, int seed)
    {
        var figures = new Figures();
        Add("ndcg_at_10", (hits, relevant) =>
            Gain(hits.Where(r => r < 10)) / Gain(Enumerable.Range(0, Math.Min(10, relevant))));
        Add("recall_at_5", (hits, relevant) => (double)hits.Count(r => r < 5) / relevant);
        Add("recall_at_20", (hits, relevant) => (double)hits.Count(r => r < 20) / relevant);
        Add("mrr_at_10", (hits, _) => hits.Length > 0 && hits[0] < 10 ? 1.0 / (hits[0] + 1) : 0);
        return figures.Add("documents", documents).Add("passages", passages).Add("queries", queries.Count);

        void Add(string name, Func<int[], int, double> figure)
        {
            var values = ranks.Select((hits, i) => figure(hits, queries[i].Relevant.Count)).ToArray();
            figures.Add(name, values.Average(),
                Interval.Bootstrap(values.Length, drawn => drawn.Average(i => values[i]), seed));
        }
    }

    private static double Gain(IEnumerable<int> ranks) => ranks.Sum(rank => 1 / Math.Log2(rank + 2));

    private static double Percentile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN
            : sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length))];
    }
}
