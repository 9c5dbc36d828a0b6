using Baton.Conversations.Verdicts;
using Baton.Evaluation.Metrics;

namespace Baton.Evaluation.Gates;

/// <summary>
/// Ratings of customers on both sides of a bar: one that does not part them is chosen, not calibrated.
/// </summary>
/// <param name="Above">Satisfied ones among answers that score at least the bar.</param>
/// <param name="Below">Satisfied ones among the others.</param>
internal sealed record RatingsByScore(double Bar, Rate Above, Rate Below)
{
    private static readonly double[] Bars = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

    /// <summary>What is gained by answering only above the bar, in shares; not a number with one side empty.</summary>
    public double Difference => Above.Share - Below.Share;

    /// <param name="rated">Score of the answer, 0 to 1, and the customer's rating, 1 to 5.</param>
    public static IReadOnlyList<RatingsByScore> Of(IReadOnlyList<(double Score, int Rating)> rated) =>
        [.. Bars.Select(bar => new RatingsByScore(bar, Among(rated, s => s >= bar), Among(rated, s => s < bar)))];

    private static Rate Among(IReadOnlyList<(double Score, int Rating)> rated, Func<double, bool> side)
    {
        var those = rated.Where(r => side(r.Score)).ToList();
        return new Rate(those.Count(r => r.Rating >= Ratings.Satisfied), those.Count);
    }
}
