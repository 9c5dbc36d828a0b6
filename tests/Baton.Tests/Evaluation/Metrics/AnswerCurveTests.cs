using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;

namespace Baton.Tests.Evaluation.Metrics;

public sealed class AnswerCurveTests
{
    private const string Nearly = "answer probability 0.81 → 0.87: the articles would have answered it";

    private static readonly DecisionCosts Costs =
        new() { WrongAnswer = 20, NeedlessContact = 3, MishandledEscalation = 100 };

    private static readonly Expectation Answerable = new() { Outcome = "answer", MustSay = [["60 days"]] };

    [Fact]
    public void Says_what_other_thresholds_would_have_answered_and_cost()
    {
        JudgedTicket[] tickets =
        [
            Ticket(Answerable, Sent("60 days", 0.92)), Ticket(Answerable, Sent("90 days", 0.88)),
            Ticket(Answerable, Waiting("60 days", 0.81)),
            Ticket(new() { Outcome = "person" }, Waiting("60 days", 0.75)),
        ];

        var curve = AnswerCurve.Of(tickets, Costs, inForce: 0.87);

        Assert.Equal([(0.70, new Rate(2, 4), 120m), (0.80, new Rate(2, 3), 20m), (0.87, new Rate(1, 2), 23m),
            (0.90, new Rate(1, 1), 6m), (0.95, new Rate(0, 0), 9m)],
            curve.Where(p => p.Threshold is 0.70 or 0.80 or 0.87 or 0.90 or 0.95)
                .Select(p => (p.Threshold, p.Right, p.ExpectedCost)));
        Assert.Equal(0.90, AnswerCurve.Cheapest(curve).Threshold);
    }

    [Fact]
    public void Leaves_what_rules_gave_to_people_with_them()
    {
        var stopped = Waiting("60 days", 0.81) with { Counterfactuals = [] };

        var curve = AnswerCurve.Of([Ticket(Answerable, stopped)], Costs, inForce: 0.87);

        Assert.All(curve, p => Assert.Equal((new Rate(0, 0), 3m), (p.Right, p.ExpectedCost)));
    }

    private static JudgedTicket Ticket(Expectation expect, Decision decision) => JudgedTicket.Of("T", expect, decision);

    private static Decision Sent(string reply, double probability) =>
        JudgedTicketTests.Decided(OutcomeKind.Replied, reply) with { AnswerProbability = probability };

    private static Decision Waiting(string draft, double probability) =>
        JudgedTicketTests.Decided(OutcomeKind.Escalated, "We will write.") with
        {
            AnswerProbability = probability, Counterfactuals = [Nearly],
            Draft = new ReplyDraft(draft, [new Citation("returns", "Returns", "How long", draft)], probability),
        };
}
