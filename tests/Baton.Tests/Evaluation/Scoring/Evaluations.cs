using Baton.Conversations;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Tests.Evaluation.Metrics;

namespace Baton.Tests.Evaluation.Scoring;

/// <summary>Evaluated tickets and runs for tests.</summary>
internal static class Evaluations
{
    public static readonly Expectation Answerable = new() { Outcome = "answer", MustSay = [["60 days"]] };

    public static EvaluatedTicket Answered(string reply, string id = "T", Expectation? expect = null) => new()
    {
        Judged = JudgedTicket.Of(id, expect ?? Answerable, JudgedTicketTests.Decided(OutcomeKind.Replied, reply)),
        Question = "How long may I keep it?", Answer = reply, Sources = ["Returns\n\nYou have 60 days to send anything back."],
    };

    public static EvaluatedTicket Escalated(string id = "T", Expectation? expect = null) => new()
    {
        Judged = JudgedTicket.Of(
            id, expect ?? Answerable, JudgedTicketTests.Decided(OutcomeKind.Escalated, "We will write.")),
        Question = "How long may I keep it?",
    };

    /// <summary>So many tickets of which so many are answered rightly, the rest wrongly.</summary>
    public static EvaluationRun Run(int right, int of, Func<int, bool>? isRight = null) =>
        Run([.. Enumerable.Range(0, of).Select(i => Answered(
            (isRight?.Invoke(i) ?? i < right) ? "You have 60 days." : "You have 90 days.", $"T-{i}"))]);

    public static EvaluationRun Run(IReadOnlyList<EvaluatedTicket> tickets, int runs = 1) =>
        EvaluationRun.ScoreAsync("set.jsonl", new string('a', 64), BuiltInMetrics.All,
            [.. Enumerable.Repeat(TicketSlices.Marked(tickets), runs)], CancellationToken.None)
            .GetAwaiter().GetResult();
}
