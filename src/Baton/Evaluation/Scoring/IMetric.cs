namespace Baton.Evaluation.Scoring;

/// <summary>How scores of tickets come to one value, and which interval belongs to it.</summary>
public enum MetricKind
{
    /// <summary>
    /// Mean of scores from 0 to 1: Wilson's interval (1927), also over the sum of fractions, where it is wide rather
    /// than narrow because no variance on [0, 1] is larger than p(1 − p).
    /// </summary>
    Rate,

    /// <summary>Sum of values by sum of weights, such as money a ticket: percentile bootstrap (Efron 1979).</summary>
    Mean,

    /// <summary>
    /// The 95th percentile: ranks of the binomial distribution (Hahn and Meeker 1991), without an upper end below 72
    /// tickets.
    /// </summary>
    P95,
}

/// <summary>What one ticket adds to a metric.</summary>
/// <param name="Weight">What it is divided by: 1 for a mean over tickets.</param>
public readonly record struct MetricScore(double Value, double Weight = 1);

/// <summary>
/// A figure over labelled tickets: a score for each of them, or none. To add one, implement it, derive its test from
/// <c>MetricConformance</c> and register it; see <c>docs/evaluation.md</c>.
/// </summary>
public interface IMetric
{
    /// <summary>Lower case with underscores; how gates, JSON and slices call it.</summary>
    string Name { get; }

    MetricKind Kind { get; }

    /// <summary>Whether more is better; null where neither end is.</summary>
    bool? HigherIsBetter { get; }

    /// <summary>What it is a figure of, and how refusals and undefined values are counted. One sentence.</summary>
    string Counted { get; }

    /// <summary>Null leaves the ticket out, where the metric says nothing about it.</summary>
    ValueTask<MetricScore?> ScoreAsync(EvaluatedTicket ticket, CancellationToken cancellationToken);
}
