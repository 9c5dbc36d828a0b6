using Baton.Evaluation.Metrics;

namespace Baton.Evaluation.Scoring;

/// <summary>A metric that is a function of the ticket alone.</summary>
internal sealed record TicketMetric(
    string Name, MetricKind Kind, bool? HigherIsBetter, string Counted, Func<EvaluatedTicket, MetricScore?> Score)
    : IMetric
{
    public static TicketMetric Of(TicketRate rate) => new(
        rate.Name, MetricKind.Rate, rate.HigherIsBetter, rate.Counted,
        ticket => rate.Among(ticket.Judged) ? new MetricScore(rate.Hit(ticket.Judged) ? 1 : 0) : null);

    public ValueTask<MetricScore?> ScoreAsync(EvaluatedTicket ticket, CancellationToken cancellationToken) =>
        new(Score(ticket));
}
