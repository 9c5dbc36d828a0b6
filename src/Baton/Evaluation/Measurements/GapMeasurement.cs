using Baton.Evaluation.Learning;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// Whether gaps name what is missing: a part of the entries of a collection is taken away, its questions are run, and
/// those that nothing left is near to are grouped. An entry is found among the first k groups when most questions of
/// one of them are its own.
/// </summary>
internal static class GapMeasurement
{
    /// <summary>Share of the entries that are taken away.</summary>
    private const double Removed = 0.2;

    /// <param name="entries">What is known of each, by id: its question first.</param>
    /// <param name="queries">What is asked, and the entry that answers it.</param>
    /// <param name="seeds">Each takes other entries away; the figures are over all of them.</param>
    public static async Task<Figures> MeasureAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> entries, IReadOnlyList<(string Text, string Entry)> queries,
        MeaningSpace space, IReadOnlyList<int> seeds, CancellationToken cancellationToken)
    {
        var ids = entries.Keys.Order(StringComparer.Ordinal).ToList();
        var texts = ids.SelectMany(id => entries[id].Select(text => (Id: id, Text: text))).ToList();
        var (own, asked) = await space.OfAsync(
            [.. texts.Select(t => t.Text)], [.. queries.Select(q => q.Text)], cancellationToken).ConfigureAwait(false);
        var runs = seeds.Select(seed => Run(ids, texts, own, queries, asked, space.Near, seed)).ToList();
        var removed = runs.Sum(r => r.Removed);
        var figures = new Figures().Add("entries", ids.Count).Add("questions", queries.Count)
            .Add("removed", runs[0].Removed).Add("draws", seeds.Count)
            .Add("escalated", runs.Average(r => r.Escalated)).Add("groups", runs.Average(r => r.Found.Count));
        foreach (var k in (int[])[runs[0].Removed, 2 * runs[0].Removed, int.MaxValue])
        {
            var found = runs.Sum(r => r.Found.Take(k).OfType<string>().Distinct().Count());
            figures.Add(k == int.MaxValue ? "recall" : $"recall_at_{k}", (double)found / removed, Interval.Wilson(found, removed));
        }
        var first = runs.Sum(r => r.Found.Take(r.Removed).Count(f => f is not null));
        var shown = runs.Sum(r => Math.Min(r.Removed, r.Found.Count));
        return figures.Add($"precision_at_{runs[0].Removed}", (double)first / Math.Max(1, shown), Interval.Wilson(first, shown));
    }

    /// <summary>
    /// For each group, the largest first, the removed entry that most of it asks for; null for others.
    /// </summary>
    private static (int Removed, int Escalated, List<string?> Found) Run(
        List<string> ids, List<(string Id, string Text)> texts, float[][] own,
        IReadOnlyList<(string Text, string Entry)> queries, float[][] asked, double near, int seed)
    {
        var drawn = ids.ToArray();
        new Random(seed).Shuffle(drawn);
        var removed = drawn.Take((int)Math.Round(Removed * ids.Count)).ToHashSet();
        var kept = Enumerable.Range(0, own.Length).Where(i => !removed.Contains(texts[i].Id)).ToList();
        List<int> open =
        [
            .. Enumerable.Range(0, asked.Length)
                .Where(q => kept.Max(i => MeaningSpace.Cosine(own[i], asked[q])) < near),
        ];
        var groups = MeaningClusters.Of([.. open.Select(q => asked[q])], near).Where(g => g.Count > 1);
        return (removed.Count, open.Count, [.. groups.Select(g => g.GroupBy(i => queries[open[i]].Entry)
            .FirstOrDefault(e => e.Count() * 2 > g.Count && removed.Contains(e.Key))?.Key)]);
    }
}
