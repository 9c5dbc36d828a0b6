using Baton.Conversations.Findings;
using Baton.Evaluation.Metrics;
using Baton.Knowledge;

namespace Baton.Evaluation.Scoring;

/// <summary>Every metric that needs no model: what <c>eval run</c> prints and gates may hold.</summary>
internal static class BuiltInMetrics
{
    /// <summary>Of which a right resolution is counted, in the denominator of its cost.</summary>
    private const string Answer = "answer";

    public static readonly IReadOnlyList<IMetric> All =
    [
        .. TicketRate.Evaluated.Select(TicketMetric.Of),
        Rate("faithfulness", true,
            "those answered from articles: supported claims of all claims (local judge: grounding); an answer without a "
            + "claim, a refusal and a looked-up answer are left out", Faithfulness),
        Rate("hallucination_rate", false,
            "those answered from articles: an answer with an unsupported claim (local judge: grounding); refusals are "
            + "left out", t => Claims(t) is { } c ? (c.Supported < c.All ? 1 : 0) : null),
        Rate("context_precision", true,
            "those that articles answer and that were shown sections: precision at k over what was shown, in order; "
            + "shown nothing is left out", ContextPrecision),
        Rate("context_recall", true,
            "those that articles answer: labelled sections that were shown; shown nothing counts as 0", ContextRecall),
        Rate("tool_success_first_attempt", true,
            "tickets on which a tool was called: calls that the tool answered at once",
            t => t.FirstToolCalls.Count == 0 ? null : t.FirstToolCalls.Average(c => c.Ok ? 1.0 : 0)),
        Rate("needed_tools_first_attempt", true,
            "tickets whose label names tools: each of them called and answered at once; one that was not called, or "
            + "only after a retry, makes it 0", NeededTools),
        new TicketMetric("expected_cost_usd", MetricKind.Mean, false,
            "all: what wrong decisions cost a ticket by the playbook's costs; an acceptable outcome costs nothing",
            t => new MetricScore((double)t.ExpectedCost)),
        new TicketMetric("cost_usd", MetricKind.Mean, false, "all: what models cost a ticket",
            t => new MetricScore((double)t.Judged.Decision.CostUsd)),
        new TicketMetric("cost_per_resolved_usd", MetricKind.Mean, false,
            "what models cost all tickets, by tickets answered rightly; none answered leaves it undefined",
            t => new MetricScore((double)t.Judged.Decision.CostUsd, t.Judged.Answer == AnswerVerdict.Right ? 1 : 0)),
        new TicketMetric("latency_ms_p95", MetricKind.P95, false, "all: of deciding, without waiting",
            t => new MetricScore(t.Judged.Decision.LatencyMs)),
        new TicketMetric("escalated_share", MetricKind.Rate, null, "all",
            t => new MetricScore(t.Judged.Got == "person" ? 1 : 0)),
    ];

    /// <summary>Of all metrics, also of the one that needs the sentence encoder.</summary>
    public static IEnumerable<string> Names => All.Select(m => m.Name).Append("answer_relevancy");

    private static TicketMetric Rate(string name, bool better, string counted, Func<EvaluatedTicket, double?> score) =>
        new(name, MetricKind.Rate, better, counted, t => score(t) is { } value ? new MetricScore(value) : null);

    /// <summary>Ragas: supported claims of all claims, undefined without claims.</summary>
    private static double? Faithfulness(EvaluatedTicket ticket) =>
        Claims(ticket) is { } claims ? (double)claims.Supported / claims.All : null;

    /// <summary>Courtesies and questions claim nothing.</summary>
    private static (int Supported, int All)? Claims(EvaluatedTicket ticket)
    {
        if (ticket.Judged.Got != Answer || ticket.Answer.Length == 0 || ticket.Sources.Count == 0) return null;
        var claims = GroundingCheck.Check(ticket.Answer, ticket.Sources).Sentences
            .Where(s => !(s is { Supported: true, Score: 1 }) && !(s.Supported && s.Sentence.EndsWith('?'))).ToList();
        return claims.Count == 0 ? null : (claims.Count(s => s.Supported), claims.Count);
    }

    /// <summary>Ragas: sum over k of precision at k times relevance of k, by the number of relevant ones.</summary>
    private static double? ContextPrecision(EvaluatedTicket ticket)
    {
        if (!ticket.Judged.FromArticles || Shown(ticket) is not { Count: > 0 } shown) return null;
        var (hits, sum) = (0, 0.0);
        for (var k = 0; k < shown.Count; k++)
            if (ticket.Judged.Expect.Articles.Contains(shown[k])) sum += ++hits / (k + 1.0);
        return hits == 0 ? 0 : sum / hits;
    }

    private static double? ContextRecall(EvaluatedTicket ticket)
    {
        if (!ticket.Judged.FromArticles) return null;
        var (shown, wanted) = (Shown(ticket), ticket.Judged.Expect.Articles);
        return (double)wanted.Count(shown.Contains) / wanted.Count;
    }

    private static double? NeededTools(EvaluatedTicket ticket) =>
        ticket.Judged.Expect.Tools is not { Count: > 0 } needed ? null
            : needed.All(tool => ticket.FirstToolCalls.Any(c => c.Ok && c.Tool == tool)) ? 1 : 0;

    /// <summary>Sections of the reply, then those that were offered.</summary>
    private static List<string> Shown(EvaluatedTicket ticket) =>
    [
        .. (ticket.Judged.Got == Answer ? ticket.Judged.Decision.Citations.Select(Section) : [])
            .Concat(ticket.Judged.Decision.Offers.Select(o => $"{o.ArticleId}#{o.Heading}")).Distinct(),
    ];

    private static string Section(Citation citation) => $"{citation.ArticleId}#{citation.Heading}";
}
