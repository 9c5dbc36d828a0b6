using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Testing.Conformance;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Baton.Tests.Evaluation.Scoring;

public sealed class FaithfulnessTests : MetricConformance
{
    protected override IMetric Make() => BuiltInMetrics.All.First(m => m.Name == "faithfulness");

    protected override EvaluatedTicket Scored() => Evaluations.Answered("You have 60 days to send anything back.");

    protected override EvaluatedTicket LeftOut() => Evaluations.Escalated();
}

public sealed class ContextPrecisionTests : MetricConformance
{
    protected override IMetric Make() => BuiltInMetrics.All.First(m => m.Name == "context_precision");

    protected override EvaluatedTicket Scored() => Evaluations.Answered(
        "60 days", expect: new Expectation { Outcome = "answer", Articles = ["returns#How long"] });

    protected override EvaluatedTicket LeftOut() => Evaluations.Answered("60 days");
}

public sealed class ExpectedCostTests : MetricConformance
{
    protected override IMetric Make() => BuiltInMetrics.All.First(m => m.Name == "expected_cost_usd");

    protected override EvaluatedTicket Scored() => Evaluations.Answered("90 days");
}

/// <summary>An evaluator of Microsoft.Extensions.AI.Evaluation takes part as a metric.</summary>
public sealed class EvaluatorMetricTests : MetricConformance
{
    protected override IMetric Make() => new EvaluatorMetric("words_said", new WordCount(), "words", best: 5);

    protected override EvaluatedTicket Scored() => Evaluations.Answered("You have 60 days.");

    protected override EvaluatedTicket LeftOut() => Evaluations.Escalated();

    [Fact]
    public async Task A_number_becomes_a_share_of_the_best_one() => Assert.Equal(
        0.8, (await Make().ScoreAsync(Scored(), TestContext.Current.CancellationToken))!.Value.Value);

    private sealed class WordCount : IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => ["words"];

        public ValueTask<EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null,
            IEnumerable<EvaluationContext>? additionalContext = null, CancellationToken cancellationToken = default) =>
            new(new EvaluationResult(new NumericMetric("words", modelResponse.Text.Split(' ').Length)));
    }
}
