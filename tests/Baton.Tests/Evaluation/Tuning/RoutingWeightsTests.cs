using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Tuning;
using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Tests.Evaluation.Tuning;

/// <summary>Weights of routing, chosen by what wrong levels cost.</summary>
public sealed class RoutingWeightsTests
{
    private static readonly RoutingPolicy Policy = new() { Queues = new Dictionary<Route, string>() };

    [Fact]
    public void Finds_weights_that_labels_speak_for_and_writes_a_patch()
    {
        // Urgent tickets are labelled l2, whatever else they are: how hard they are should count less.
        List<JudgedTicket> tickets =
        [
            .. Enumerable.Range(0, 200).Select(i => i % 2 == 0
                ? Ticket(i, urgency: 9, complexity: 1 + i % 3, "l2") : Ticket(i, urgency: 2, complexity: 5 + i % 4, "l1")),
        ];
        var candidates = RoutingWeights.Candidates(Policy);

        var tuning = ThresholdTuning.Of(RoutingWeights.Table(Policy, candidates, tickets, new DecisionCosts()));
        var chosen = candidates[(int)tuning.Chosen];

        Assert.True(tuning.IsProven, $"{tuning.SavedBetween}");
        Assert.True(chosen.Complexity < Policy.ComplexityWeight, $"{chosen}");
        var patch = chosen.PatchOf("""
            routing:
              urgency_weight: 0.45
              complexity_weight: 0.35
              unhappiness_weight: 0.20
            """);
        Assert.Contains("-  complexity_weight: 0.35\n", patch, StringComparison.Ordinal);
        Assert.Null(chosen.PatchOf("routing: { urgency_weight: 0.45 }"));
    }

    [Fact]
    public void Leaves_alone_what_rules_decided_and_what_nobody_labelled()
    {
        var ruled = Ticket(1, 9, 1, "l2");
        ruled = ruled with { Decision = ruled.Decision with { Reasoning = "money-over-500: high urgency, low complexity" } };
        var table = RoutingWeights.Table(
            Policy, RoutingWeights.Candidates(Policy), [ruled, Ticket(2, 9, 1, null)], new DecisionCosts());

        Assert.All(table.Costs, costs => Assert.Equal([0.0, 0.0], costs));
        Assert.All(RoutingWeights.Candidates(Policy), w => Assert.Equal(1, w.Urgency + w.Complexity + w.Unhappiness,
            6));
    }

    private static JudgedTicket Ticket(int id, int urgency, int complexity, string? route) => JudgedTicket.Of(
        $"T-{id}", new Expectation { Outcome = "person", Route = route }, new Decision
        {
            TicketId = $"T-{id}", Playbook = "p", Route = Route.L1, Priority = Priority.Normal,
            Outcome = OutcomeKind.Escalated, DecisionConfidence = 0.9,
            Reasoning = "high urgency, low complexity, no cross-system dependency",
            Tone = new ToneReading { Sentiment = 5, Urgency = urgency, Tone = "neutral" },
            Complexity = new ComplexityReading(complexity, false, []),
        });
}
