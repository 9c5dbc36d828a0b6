using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Baton.Evaluation.Scoring;

/// <summary>
/// An <see cref="IEvaluator"/> of Microsoft.Extensions.AI.Evaluation as a metric: it sees the question and the reply,
/// and one of its numbers or flags is the score. Register it as <see cref="IMetric"/>.
/// </summary>
/// <param name="name">What gates and JSON call it.</param>
/// <param name="evaluator">Asked once for each answered ticket.</param>
/// <param name="metric">Which of the evaluator's metrics counts.</param>
/// <param name="chat">Given to the evaluator; null for one that asks no model.</param>
/// <param name="best">What a number is divided by, so that scores are 0 to 1: 5 for one to five.</param>
public sealed class EvaluatorMetric(
    string name, IEvaluator evaluator, string metric, ChatConfiguration? chat = null, double best = 1) : IMetric
{
    public string Name => name;

    public MetricKind Kind => MetricKind.Rate;

    public bool? HigherIsBetter => true;

    public string Counted =>
        $"those answered, as {evaluator.GetType().Name} scores {metric}; refusals and answers it does not score are left out";

    public async ValueTask<MetricScore?> ScoreAsync(EvaluatedTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Judged.Got != "answer" || ticket.Answer.Length == 0) return null;
        var result = await evaluator.EvaluateAsync(
            [new ChatMessage(ChatRole.User, ticket.Question)],
            new ChatResponse(new ChatMessage(ChatRole.Assistant, ticket.Answer)), chat, null, cancellationToken);
        var value = (result.Metrics.TryGetValue(metric, out var found) ? found : null) switch
        {
            NumericMetric { Value: { } number } => number / best,
            BooleanMetric { Value: { } flag } => flag ? 1 : 0,
            _ => double.NaN,
        };
        return double.IsNaN(value) ? null : new MetricScore(Math.Clamp(value, 0, 1));
    }
}
