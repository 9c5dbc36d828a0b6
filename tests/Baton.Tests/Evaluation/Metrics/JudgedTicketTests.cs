using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;

namespace Baton.Tests.Evaluation.Metrics;

public sealed class JudgedTicketTests
{
    private const string Two = """
        {"outcome": "answer", "acceptable": ["person"], "articles": ["returns#How long"], "must_say": [["60 days"], ["$6.95", "6.95"]],
         "must_not_say": ["free of charge"], "intent": "return_policy", "route": "l1"}
        """;

    [Theory]
    [InlineData("You have 60 days; the label is **6.95** dollars.", AnswerVerdict.Right)]
    [InlineData("You have 60\n days and pay $6.95.", AnswerVerdict.Right)]
    [InlineData("You have 60 days.", AnswerVerdict.Partial)]
    [InlineData("You have 160 days.", AnswerVerdict.Wrong)]
    [InlineData("You have 60 days, $6.95, or free of charge.", AnswerVerdict.Wrong)]
    public void An_answer_is_judged_by_what_it_says(string reply, AnswerVerdict verdict) =>
        Assert.Equal(verdict, Judge(Two, Decided(OutcomeKind.Replied, reply)).Answer);

    [Theory]
    [InlineData("""{"outcome": "person"}""", AnswerVerdict.ShouldNot)]
    [InlineData("""{"outcome": "person", "acceptable": ["answer"]}""", AnswerVerdict.Right)]
    [InlineData("""{"outcome": "answer", "articles": ["returns#How long"]}""", AnswerVerdict.Right)]
    [InlineData("""{"outcome": "answer", "articles": ["returns#Costs"]}""", AnswerVerdict.Wrong)]
    public void Without_wordings_the_cited_section_counts(string expect, AnswerVerdict verdict) =>
        Assert.Equal(verdict, Judge(expect, Decided(OutcomeKind.Replied, "Sure.")).Answer);

    [Fact]
    public void Facts_are_counted_where_a_label_names_some()
    {
        var figures = new TicketFigures(
        [
            Judge(Two, Decided(OutcomeKind.Replied, "You have 60 days.")),
            Judge("""{"outcome": "answer", "articles": ["returns#How long"]}""", Decided(OutcomeKind.Replied, "Sure.")),
        ]);

        Assert.Equal(new Rate(0, 1), figures.Rates.Single(r => r.Name == "all_facts_in_reply_or_offers").Rate);
    }

    [Theory]
    [InlineData(OutcomeKind.Replied, true, "answer")]
    [InlineData(OutcomeKind.Escalated, true, "person")]
    [InlineData(OutcomeKind.Held, true, "person")]
    [InlineData(OutcomeKind.Asked, false, "ask")]
    [InlineData(OutcomeKind.Silent, false, "silent")]
    public void An_outcome_is_right_when_it_is_due_or_acceptable(OutcomeKind outcome, bool ok, string got)
    {
        var judged = Judge(Two, Decided(outcome, "60 days"));

        Assert.Equal((got, ok), (judged.Got, judged.Ok));
    }

    [Theory]
    [InlineData("the articles do not answer it (relevance 0.54); low urgency", "the articles do not answer it")]
    [InlineData("the articles do not answer it (relevance 0.54, needs 0.70); low", "the articles do not answer it")]
    [InlineData(
        "the articles do not answer it (answer probability 0.46, needs 0.87); low", "the articles do not answer it")]
    [InlineData("class human: moderate urgency", "class human")]
    [InlineData("asked 2 times without an answer; low", "asked times without an answer")]
    public void Reasons_are_counted_without_their_numbers(string reasoning, string reason) =>
        Assert.Equal(reason, Judge(Two, Decided(OutcomeKind.Escalated, "") with { Reasoning = reasoning }).Reason);

    [Theory]
    [InlineData("""{"intent": "x"}""", "expect.outcome")]
    [InlineData("""{"outcome": "reply"}""", "expect.outcome")]
    [InlineData("""{"outcome": "answer", "must_say": ["60 days"]}""", "expect.must_say")]
    [InlineData("""{"outcome": "answer", "articles": "returns"}""", "expect.articles")]
    [InlineData("""{"outcome": "answer", "tags": [1]}""", "expect.tags")]
    public void A_label_that_is_not_as_the_schema_says_is_named(string expect, string where) =>
        Assert.StartsWith(where, Assert.Throws<FormatException>(() => Read(expect)).Message, StringComparison.Ordinal);

    private static JudgedTicket Judge(string expect, Decision decision) =>
        JudgedTicket.Of("T", Read(expect)!, decision);

    private static Expectation? Read(string expect)
    {
        using var line = JsonDocument.Parse($$"""{"expect": {{expect}}}""");
        return Expectation.Of(line.RootElement);
    }

    internal static Decision Decided(OutcomeKind outcome, string reply) => new()
    {
        TicketId = "T", Playbook = "p", Route = Route.L1, Priority = Priority.Normal, Outcome = outcome,
        DecisionConfidence = 0.9, Reasoning = "x", Reply = reply,
        Citations = [new Citation("returns", "Returns", "How long", "60 days")],
    };
}
