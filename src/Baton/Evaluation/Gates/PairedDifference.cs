using Baton.Evaluation.Scoring;

namespace Baton.Evaluation.Gates;

/// <summary>
/// What a metric changed by between two runs over the same tickets: only tickets that came out differently carry
/// information. The variance is that of the tickets' influence on the two values (delta method), with one more pair for
/// and against, as Agresti and Min (2005) add: without them, no difference in few tickets would look like proof.
/// </summary>
internal sealed record PairedDifference(double Value, Interval Interval, int N)
{
    private const double Z = 1.959963984540054;

    /// <summary>Null when no ticket of both runs says anything.</summary>
    public static PairedDifference? Of(IMetric metric, EvaluationRun run, EvaluationRun current, string? slice)
    {
        var before = current.Tickets.ToDictionary(t => t.Ticket.Judged.Id);
        var pairs = run.Tickets
            .Where(t => TicketSlices.Has(slice, t.Ticket) && before.ContainsKey(t.Ticket.Judged.Id))
            .Select(t => (After: Mean(t, metric), Before: Mean(before[t.Ticket.Judged.Id], metric))).ToList();
        var (after, then) = (Total([.. pairs.Select(p => p.After)]), Total([.. pairs.Select(p => p.Before)]));
        if (after.Weight == 0 || then.Weight == 0) return null;
        var (now, was) = (after.Value / after.Weight, then.Value / then.Weight);
        var n = pairs.Count;
        var squares = pairs.Sum(p => Math.Pow(
            Influence(p.After, now, after.Weight / n) - Influence(p.Before, was, then.Weight / n), 2));
        var largest = metric.Kind == MetricKind.Rate ? 1
            : pairs.Max(p => Math.Max(Math.Abs(p.After.Value), Math.Abs(p.Before.Value)));
        var extra = Math.Pow(largest * n / Math.Min(after.Weight, then.Weight), 2);
        var difference = now - was;
        var margin = Z * Math.Sqrt(squares + extra) / (n + 2);
        return new PairedDifference(difference, new Interval(difference - margin, difference + margin), n);
    }

    private static double Influence(MetricScore score, double value, double weight) =>
        (score.Value - value * score.Weight) / weight;

    private static MetricScore Mean(ScoredTicket ticket, IMetric metric)
    {
        var known = ticket.Scores[metric.Name].OfType<MetricScore>().ToList();
        return known.Count == 0 ? new MetricScore(0, 0)
            : new MetricScore(known.Average(s => s.Value), known.Average(s => s.Weight));
    }

    private static MetricScore Total(IReadOnlyList<MetricScore> scores) =>
        new(scores.Sum(s => s.Value), scores.Sum(s => s.Weight));
}
