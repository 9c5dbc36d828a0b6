namespace Baton.Evaluation.Learning;

/// <summary>
/// Groups of texts on one matter: around the text with most neighbours, then the next of what is left; then every text
/// goes to the group whose centre is nearest. Deterministic; a text that is near to nothing is alone.
/// </summary>
internal static class MeaningClusters
{
    /// <summary>Texts that are grouped, at most: every pair is compared.</summary>
    public const int MostTexts = 5_000;

    private const int Rounds = 3;

    /// <summary>Centres this much nearer than two texts of one group have to be are of one group.</summary>
    private const double OneMatter = 0.25;

    /// <summary>Indices by group, the largest first.</summary>
    /// <param name="near">From this cosine on two texts are neighbours.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Of(float[][] vectors, double near)
    {
        if (vectors.Length > MostTexts)
            throw new ArgumentException($"{vectors.Length} texts; at most {MostTexts} are grouped", nameof(vectors));
        var groups = Seeds(vectors, near);
        for (var round = 0; round < Rounds; round++)
        {
            var centres = Merged([.. groups.Where(g => g.Count > 1)
                .Select(g => MeaningSpace.Centre(g.Select(i => vectors[i])))], near);
            groups = Assigned(vectors, centres, near);
        }
        return [.. groups.OrderByDescending(g => g.Count).ThenBy(g => g[0])];
    }

    private static List<List<int>> Seeds(float[][] vectors, double near)
    {
        var neighbours = new List<int>[vectors.Length];
        Parallel.For(0, vectors.Length, i => neighbours[i] =
            [.. Enumerable.Range(0, vectors.Length).Where(j => MeaningSpace.Cosine(vectors[i], vectors[j]) >= near)]);
        var (taken, groups) = (new bool[vectors.Length], new List<List<int>>());
        foreach (var i in Enumerable.Range(0, vectors.Length).OrderByDescending(i => neighbours[i].Count).ThenBy(i =>
            i))
        {
            if (taken[i]) continue;
            List<int> group = [.. neighbours[i].Where(j => !taken[j]).Append(i).Distinct()];
            foreach (var j in group) taken[j] = true;
            groups.Add(group);
        }
        return groups;
    }

    private static List<float[]> Merged(List<float[]> centres, double near)
    {
        var (merged, same) = (new List<float[]>(), near + OneMatter);
        foreach (var centre in centres)
        {
            var at = merged.FindIndex(m => MeaningSpace.Cosine(m, centre) >= same);
            if (at < 0) merged.Add(centre);
            else merged[at] = MeaningSpace.Centre([merged[at], centre]);
        }
        return merged;
    }

    private static List<List<int>> Assigned(float[][] vectors, List<float[]> centres, double near)
    {
        var groups = centres.ConvertAll(_ => new List<int>());
        var alone = new List<List<int>>();
        for (var i = 0; i < vectors.Length; i++)
        {
            var (best, nearest) = (-1, near);
            for (var c = 0; c < centres.Count; c++)
                if (MeaningSpace.Cosine(vectors[i], centres[c]) is var cosine && cosine >= nearest) (best,
                    nearest) = (c, cosine);
            if (best < 0) alone.Add([i]);
            else groups[best].Add(i);
        }
        return [.. groups.Where(g => g.Count > 0), .. alone];
    }
}
