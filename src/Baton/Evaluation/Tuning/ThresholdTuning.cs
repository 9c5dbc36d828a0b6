using System.Text.Json.Nodes;

namespace Baton.Evaluation.Tuning;

/// <summary>
/// A threshold chosen by expected cost. What it saves is told by tickets that it was not chosen on: ten folds, five
/// times (Kohavi 1995), so that a minimum found by chance is not believed.
/// </summary>
/// <param name="Chosen">The value with the lowest cost over all tickets.</param>
/// <param name="ChosenBetween">Where it lies in 95 % of samples like this one (bootstrap).</param>
/// <param name="Saved">A ticket, cross-validated, against the value in force; negative: it costs more.</param>
/// <param name="Needed">About how many more tickets would show the saving; null where they would not.</param>
internal sealed record ThresholdTuning(
    CostTable Table, double Chosen, Interval ChosenBetween, double Saved, Interval SavedBetween, int? Needed)
{
    /// <summary>With fewer labelled tickets a curve is chance.</summary>
    public const int FewestTickets = 150;

    /// <summary>With fewer tickets that a threshold decides on, too.</summary>
    public const int FewestInformative = 40;

    private const int Folds = 10, Repeats = 5, Resamples = 500, Seed = 11;

    private const double Z = 1.959963984540054;

    /// <summary>For a power of 80 %.</summary>
    private const double ZOfPower = 0.8416212335729143;

    /// <summary>Whether the saving is more than chance.</summary>
    public bool IsProven => SavedBetween.Low > 0 && Chosen != Table.InForce;

    /// <summary>Why nothing can be tuned on so few tickets; null when there are enough.</summary>
    public static string? Refusal(CostTable table)
    {
        if (table.Tickets < FewestTickets)
            return $"{table.Tickets} labelled tickets: {FewestTickets - table.Tickets} more are the least to tune on";
        if (table.Informative >= FewestInformative) return null;
        // As many of the next ones will be decided by the threshold as of these.
        var rate = Math.Max(table.Informative, 1) / (double)table.Tickets;
        var more = (int)Math.Ceiling((FewestInformative - table.Informative) / rate);
        return $"{table.Informative} of {table.Tickets} tickets would cost anything else at another value of "
            + $"{table.Threshold}: about {more} more labelled tickets are needed until {FewestInformative} do";
    }

    public static ThresholdTuning Of(CostTable table)
    {
        int[] all = [.. Enumerable.Range(0, table.Tickets)];
        var chosen = table.Candidates[table.Cheapest(all)];
        var between = Interval.Bootstrap(
            table.Tickets, drawn => table.Candidates[table.Cheapest(drawn)], Seed, Resamples);
        var unseen = CrossValidated(table);
        var inForce = table.Costs[table.IndexInForce];
        double[] saved = [.. unseen.Select((cost, i) => inForce[i] - cost)];
        var mean = saved.Average();
        var deviation = Math.Sqrt(saved.Sum(s => Math.Pow(s - mean, 2)) / (saved.Length - 1));
        var margin = Z * deviation / Math.Sqrt(saved.Length);
        int? needed = mean <= 0 || margin == 0 ? null
            : (int)Math.Clamp(Math.Pow((Z + ZOfPower) * deviation / mean, 2) - saved.Length, 0, int.MaxValue / 2);
        return new ThresholdTuning(table, chosen, between, mean, new Interval(mean - margin, mean + margin), needed);
    }

    public JsonObject ToJson() => new()
    {
        ["threshold"] = Table.Threshold, ["in_force"] = Table.InForce, ["chosen"] = Chosen,
        ["chosen_between"] = new JsonArray(ChosenBetween.Low, ChosenBetween.High),
        ["tickets"] = Table.Tickets, ["decided_by_it"] = Table.Informative,
        ["saved_per_ticket"] = Math.Round(Saved, 4),
        ["saved_between"] = new JsonArray(Math.Round(SavedBetween.Low, 4), Math.Round(SavedBetween.High, 4)),
        ["proven"] = IsProven, ["needed"] = IsProven ? null : Needed,
        ["curve"] = new JsonArray([.. Table.Candidates.Select((value, c) => new JsonObject
        {
            ["value"] = value, ["cost_per_ticket"] = Math.Round(Table.Costs[c].Average(), 4),
        })]),
    };

    /// <summary>What each ticket costs at the value that was chosen without it, averaged over the repeats.</summary>
    private static double[] CrossValidated(CostTable table)
    {
        var costs = new double[table.Tickets];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var order = Enumerable.Range(0, table.Tickets).ToArray();
            new Random(Seed + repeat).Shuffle(order);
            for (var fold = 0; fold < Folds; fold++)
            {
                var candidate = table.Cheapest([.. order.Where((_, i) => i % Folds != fold)]);
                foreach (var i in order.Where((_, i) => i % Folds == fold))
                    costs[i] += table.Costs[candidate][i] / Repeats;
            }
        }
        return costs;
    }
}
