namespace Baton.Evaluation.Tuning;

/// <summary>What each labelled ticket costs at each value of a threshold.</summary>
/// <param name="Threshold">As the playbook calls it: <c>answer</c>.</param>
/// <param name="Candidates">Values, ascending; the one in force is among them.</param>
/// <param name="Costs">By candidate, then by ticket.</param>
internal sealed record CostTable(
    string Threshold, IReadOnlyList<double> Candidates, double InForce, IReadOnlyList<double[]> Costs)
{
    public int Tickets => Costs[0].Length;

    /// <summary>Tickets that cost more at one value than at another: only they say anything.</summary>
    public int Informative => Enumerable.Range(0, Tickets).Count(i => Costs.Any(c => c[i] != Costs[0][i]));

    /// <summary>The candidate with the lowest cost over tickets; of several the one next to that in force.</summary>
    public int Cheapest(IReadOnlyList<int> tickets)
    {
        var (best, lowest) = (0, double.PositiveInfinity);
        for (var c = 0; c < Candidates.Count; c++)
        {
            double sum = 0;
            foreach (var i in tickets) sum += Costs[c][i];
            if (sum > lowest + 1e-9) continue;
            if (sum > lowest - 1e-9
                && Math.Abs(Candidates[c] - InForce) >= Math.Abs(Candidates[best] - InForce)) continue;
            (best, lowest) = (c, sum);
        }
        return best;
    }

    public int IndexInForce => Enumerable.Range(0, Candidates.Count).MinBy(c => Math.Abs(Candidates[c] - InForce));
}
