using Baton.Evaluation.Scoring;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What evaluation expects of every metric. Derive, say which metric and on which tickets, and inherit the tests.
/// </summary>
public abstract class MetricConformance
{
    /// <summary>The metric, made anew.</summary>
    protected abstract IMetric Make();

    /// <summary>A ticket about which the metric says something.</summary>
    protected abstract EvaluatedTicket Scored();

    /// <summary>A ticket about which it says nothing; null when there is no such ticket.</summary>
    protected virtual EvaluatedTicket? LeftOut() => null;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Has_a_name_that_gates_can_write_and_says_what_it_counts()
    {
        Assert.Matches("^[a-z][a-z0-9_]{2,60}$", Make().Name);
        Assert.Equal(Make().Name, Make().Name);
        Assert.InRange(Make().Counted.Length, 3, 400);
    }

    [Fact]
    public async Task Scores_the_same_ticket_the_same()
    {
        var (one, other) = (await Make().ScoreAsync(Scored(), Token), await Make().ScoreAsync(Scored(), Token));

        Assert.NotNull(one);
        Assert.Equal(one, other);
        Assert.True(double.IsFinite(one.Value.Value) && double.IsFinite(one.Value.Weight) && one.Value.Weight >= 0);
    }

    [Fact]
    public async Task Keeps_a_rate_between_0_and_1()
    {
        if (Make().Kind != MetricKind.Rate) return;

        var score = await Make().ScoreAsync(Scored(), Token);

        Assert.InRange(score!.Value.Value, 0, 1);
        Assert.Equal(1, score.Value.Weight);
    }

    [Fact]
    public async Task Leaves_out_what_it_says_nothing_about()
    {
        if (LeftOut() is { } ticket) Assert.Null(await Make().ScoreAsync(ticket, Token));
    }
}
