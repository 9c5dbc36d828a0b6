using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Evaluation.Metrics;

/// <summary>One threshold of the answer probability and what it would have come to.</summary>
/// <param name="Right">Of the tickets answered from articles.</param>
/// <param name="ExpectedCost">Of all tickets, in the currency of the playbook's <c>costs</c>.</param>
public sealed record CurvePoint(double Threshold, Rate Right, decimal ExpectedCost);

/// <summary>
/// What other thresholds would have answered, how much of it right, and at what cost. Known are the answers that were
/// sent and those that waited as drafts; what triggers and rules gave to people stays with them at any threshold.
/// </summary>
public static class AnswerCurve
{
    /// <summary>From the threshold of offers, below which nothing is drafted.</summary>
    public static readonly IReadOnlyList<double> Thresholds =
        [0.20, 0.30, 0.40, 0.50, 0.60, 0.65, 0.70, 0.75, 0.80, 0.83, 0.85, 0.87, 0.90, 0.93, 0.95, 0.97];

    /// <param name="inForce">The playbook's threshold when the decisions were made.</param>
    public static IReadOnlyList<CurvePoint> Of(
        IReadOnlyList<JudgedTicket> tickets, DecisionCosts costs, double inForce) =>
        [.. Thresholds.Select(t => At(t, tickets, costs, inForce))];

    /// <summary>The threshold with the lowest expected cost; of several the highest.</summary>
    public static CurvePoint Cheapest(IReadOnlyList<CurvePoint> curve) =>
        curve.OrderBy(p => p.ExpectedCost).ThenByDescending(p => p.Threshold).First();

    /// <summary>For machines.</summary>
    public static JsonArray ToJson(IReadOnlyList<CurvePoint> curve) => [.. curve.Select(p => new JsonObject
    {
        ["threshold"] = p.Threshold, ["answered"] = p.Right.Of, ["right"] = p.Right.Hits,
        ["expected_cost"] = p.ExpectedCost,
    })];

    /// <summary>What each ticket would have cost at a threshold, in their order.</summary>
    public static double[] Costs(
        double threshold, IReadOnlyList<JudgedTicket> tickets, DecisionCosts costs, double inForce) =>
        [.. tickets.Select(t => (double)Cost(VerdictAt(threshold, t, inForce), t, costs))];

    private static decimal Cost(AnswerVerdict verdict, JudgedTicket ticket, DecisionCosts costs) => verdict switch
    {
        AnswerVerdict.Right => 0,
        AnswerVerdict.None => ticket.Due == "answer" ? costs.NeedlessContact : 0,
        _ => ticket.Due == "person" ? costs.MishandledEscalation : costs.WrongAnswer,
    };

    private static CurvePoint At(
        double threshold, IReadOnlyList<JudgedTicket> tickets, DecisionCosts costs, double inForce)
    {
        int answered = 0, right = 0;
        var cost = 0m;
        foreach (var ticket in tickets)
        {
            var verdict = VerdictAt(threshold, ticket, inForce);
            if (IsOfArticles(ticket, inForce) && verdict != AnswerVerdict.None)
            {
                answered++;
                if (verdict == AnswerVerdict.Right) right++;
            }
            cost += Cost(verdict, ticket, costs);
        }
        return new CurvePoint(threshold, new Rate(right, answered), cost);
    }

    private static AnswerVerdict VerdictAt(double threshold, JudgedTicket ticket, double inForce) =>
        !IsOfArticles(ticket, inForce) ? ticket.Answer
            : ticket.Decision.AnswerProbability < threshold ? AnswerVerdict.None
            : ticket.Decision is { Outcome: not OutcomeKind.Replied, Draft: { } draft }
            ? JudgedTicket.Judge(ticket.Expect, draft.Text, draft.Citations) : ticket.Answer;

    /// <summary>The probability decides on it: it was answered from articles, or fell short and was drafted.</summary>
    private static bool IsOfArticles(JudgedTicket ticket, double inForce) => ticket.Decision switch
    {
        { Outcome: OutcomeKind.Replied, AnswerProbability: { } p } =>
            p >= inForce && ticket.Decision.Citations.Count > 0,
        { Outcome: OutcomeKind.Escalated, Draft: not null } escalated =>
            NearlyAnswered.IsAmong(escalated.Counterfactuals),
        _ => false,
    };
}
