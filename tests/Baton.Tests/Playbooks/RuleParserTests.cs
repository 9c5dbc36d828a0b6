using Baton.Playbooks.Rules;

namespace Baton.Tests.Playbooks;

public sealed class RuleParserTests
{
    private static readonly RuleVocabulary Vocabulary =
        RuleVocabulary.Open.With(RuleFields.CustomerTier, ["free", "pro", "enterprise"]);

    private static readonly RuleFacts Facts = new RuleFacts()
        .Set(RuleFields.CustomerTier, "Enterprise").Set(RuleFields.Urgency, 5).Set(RuleFields.Sentiment, 4)
        .Set(RuleFields.CrossSystem, true).Set(RuleFields.AfterHours, false).Set(RuleFields.Intent, "order_status")
        .Set(RuleFields.Subject, "Password Reset please");

    [Theory]
    [InlineData("urgency >= 5", true)]
    [InlineData("urgency > 5", false)]
    [InlineData("urgency == 5.0", true)]
    [InlineData("urgency != 5", false)]
    [InlineData("urgency in [1, 5]", true)]
    [InlineData("urgency not in [1, 5]", false)]
    [InlineData("customer.tier == enterprise", true)]
    [InlineData("customer.tier in [free, pro]", false)]
    [InlineData("customer.tier not in [free, pro]", true)]
    [InlineData("cross_system and not after_hours", true)]
    [InlineData("\"password reset\" in subject", true)]
    [InlineData("\"password reset\" not in subject", false)]
    [InlineData("'refund' in subject or intent == order_status", true)]
    [InlineData("after_hours or cross_system and urgency == 1", false)]
    [InlineData("(after_hours or cross_system) and urgency == 5", true)]
    [InlineData("not urgency == 1 and not (sentiment > 5)", true)]
    public void Evaluates(string text, bool expected) => Assert.Equal(expected, Parsed(text).Holds(Facts));

    [Theory]
    [InlineData("complexity < 5")]
    [InlineData("complexity != 5")]
    [InlineData("complexity not in [5]")]
    [InlineData("channel == web")]
    [InlineData("channel != web")]
    [InlineData("customer.known")]
    [InlineData("\"x\" in body")]
    [InlineData("\"x\" not in body")]
    public void A_comparison_with_a_value_that_is_not_known_is_false(string text) =>
        Assert.False(Parsed(text).Holds(Facts));

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("urgency = 6", 8, "write '=='")]
    [InlineData("urgency => 6", 8, "write '>='")]
    [InlineData("urgency > 6 && cross_system", 12, "write 'and'")]
    [InlineData("urgency > 6 || cross_system", 12, "write 'or'")]
    [InlineData("!cross_system", 0, "write 'not'")]
    [InlineData("cross_system AND after_hours", 13, "small letters")]
    [InlineData("urgancy > 6", 0, "did you mean 'urgency'?")]
    [InlineData("urgency == high", 11, "is a number")]
    [InlineData("urgency", 0, "compare it, for example 'urgency >= 6'")]
    [InlineData("customer.tier", 0, "compare it, for example 'customer.tier == free'")]
    [InlineData("customer.tier == enterprize", 17, "did you mean 'enterprise'?")]
    [InlineData("customer.tier >= pro", 14, "has no order")]
    [InlineData("customer.tier == 5", 17, "put 5 in quotes")]
    [InlineData("intent.class == robot", 16, "known: lookup, knowledge, agent, human")]
    [InlineData("trajectory == faling", 14, "did you mean 'falling'?")]
    [InlineData("cross_system == true", 0, "stands alone")]
    [InlineData("subject == hello", 0, "write '\"phrase\" in subject'")]
    [InlineData("\"x\" in urgency", 7, "only 'subject' and 'body'")]
    [InlineData("refund in subject", 0, "write '\"refund\" in subject'")]
    [InlineData("(urgency > 5", 12, "expected ')'")]
    [InlineData("urgency > 5)", 11, "no '('")]
    [InlineData("urgency > ", 10, "expected a value")]
    [InlineData("urgency in 5", 11, "needs a list")]
    [InlineData("urgency == [5]", 11, "a list needs 'in'")]
    [InlineData("urgency in [5", 13, "expected ',' or ']'")]
    [InlineData("urgency > 5 cross_system", 12, "expected 'and' or 'or'")]
    [InlineData("and urgency > 5", 0, "expected a field before 'and'")]
    [InlineData("subject == \"open", 11, "is not closed")]
    [InlineData("urgency > 10", 8, "never holds")]
    [InlineData("triage.confidence < 0", 18, "never holds")]
    [InlineData("urgency > 1.2.3", 10, "not a number")]
    [InlineData("urgency > 6; drop", 11, "not part of the rule language")]
    public void Says_where_and_what_to_write_instead(string text, int position, string hint)
    {
        var error = Assert.IsType<ParsedCondition.Rejected>(RuleParser.Parse(text, Vocabulary)).Errors[0];

        Assert.Equal(position, error.Position);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_every_wrong_comparison_of_a_condition()
    {
        var rejected = Assert.IsType<ParsedCondition.Rejected>(
            RuleParser.Parse("urgancy > 6 and customer.tier == gold and sentiment == sad", Vocabulary));

        Assert.Equal([0, 33, 55], rejected.Errors.Select(e => e.Position));
    }

    [Fact]
    public void Lists_its_comparisons_for_counterfactuals()
    {
        var comparisons = Parsed("not (urgency >= 6 or cross_system) and customer.tier in [free, pro]").Comparisons;

        Assert.Equal(["urgency >=", "cross_system ==", "customer.tier in"],
            comparisons.Select(c => $"{c.Field} {c.Operator}"));
        Assert.Equal(6, comparisons[0].Values[0].Number);
        Assert.Equal("true", comparisons[1].Values[0].Word);
        Assert.Equal(["free", "pro"], comparisons[2].Values.Select(v => v.Word));
    }

    [Fact]
    public void Keeps_the_text_of_every_part()
    {
        Assert.Equal("not ( urgency>=6 )", Parsed("not ( urgency>=6 ) ").Text);
    }

    [Theory]
    [InlineData(RuleParser.MaxDepth + 1)]
    [InlineData(100_000)]
    public void Refuses_to_nest_deeply(int depth)
    {
        var text = new string('(', depth) + "cross_system" + new string(')', depth);

        Assert.IsType<ParsedCondition.Rejected>(RuleParser.Parse(text, Vocabulary));
    }

    [Fact]
    public void Evaluates_without_allocation()
    {
        var condition = Parsed("(urgency in [1, 2, 5] and customer.tier in [free, enterprise]) and not after_hours " +
            "and (\"nothing\" in subject or \"password\" in subject) and intent != other and sentiment < 5 and cross_system");
        Assert.True(condition.Holds(Facts));
        const int Times = 10_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = 0;
        for (var i = 0; i < Times; i++) held += condition.Holds(Facts) ? 1 : 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Times, held);
        // A collection for another thread counts what was left of this one's few kilobytes; an object each time would
        // be 24 bytes at least.
        Assert.InRange(allocated, 0, Times);
    }

    private static Condition Parsed(string text) =>
        Assert.IsType<ParsedCondition.Parsed>(RuleParser.Parse(text, Vocabulary)).Condition;
}
