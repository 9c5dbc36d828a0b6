using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

/// <summary><c>thresholds.answer</c> and <c>thresholds.offer</c> as a number, or by class and tier.</summary>
public sealed class ThresholdsByKindTests
{
    private const string ByKind = "{ default: 0.90, class: { agent: 0.97 }, tier: { free: 0.92, enterprise: 0.98 } }";

    [Fact]
    public void A_number_holds_for_everybody()
    {
        var thresholds = Of("answer: 0.93").Thresholds;

        Assert.Equal(0.93, thresholds.Answer);
        Assert.Empty(thresholds.AnswerBy.All);
    }

    [Theory]
    [InlineData(IntentClass.Knowledge, "pro", 0.90, null)]
    [InlineData(null, "pro", 0.90, null)]
    [InlineData(IntentClass.Agent, "pro", 0.97, "class agent")]
    [InlineData(IntentClass.Knowledge, "free", 0.92, "tier free")]
    [InlineData(IntentClass.Agent, "free", 0.97, "class agent")]
    [InlineData(IntentClass.Agent, "enterprise", 0.98, "tier enterprise")]
    public void Of_several_that_apply_the_highest_holds(IntentClass? of, string tier, double value, string? @for)
    {
        var thresholds = Of($"answer: {ByKind}").Thresholds;

        var held = thresholds.AnswerBy.For(thresholds.Answer, of, tier);

        Assert.Equal((value, @for), (held.Value, held.For));
    }

    [Fact]
    public void A_value_of_its_own_may_be_lower_than_the_general_one_but_not_than_the_95_percent_point()
    {
        var playbook = Of("answer: { default: 0.97, tier: { free: 0.60 } }") with { Answers = Fitted(0.80) };

        Assert.Equal(0.80, playbook.AnswerFromFor(null, "free").Value);
        Assert.Null(playbook.AnswerFromFor(null, "free").For);
        Assert.Equal(0.97, playbook.AnswerFromFor(null, "enterprise").Value);
        Assert.Equal(0.80, playbook.LowestAnswerFrom);
    }

    [Fact]
    public void Offers_have_theirs()
    {
        var thresholds = Of("offer: { tier: { free: 0.10 } }").Thresholds;

        Assert.Equal(0.20, thresholds.Offer);
        Assert.Equal(0.10, thresholds.OfferBy.For(thresholds.Offer, IntentClass.Knowledge, "free").Value);
    }

    [Theory]
    [InlineData(IntentClass.Lookup, 0.55)]
    [InlineData(IntentClass.Agent, 0.70)]
    [InlineData(null, 0.70)]
    public void Triage_has_its_own(IntentClass? of, double value)
    {
        var thresholds = new PlaybookFiles().Replace(
            "playbook.yaml", "  triage_confidence: 0.70",
            "  triage_confidence: { default: 0.70, class: { lookup: 0.55 } }").Playbook().Thresholds;

        Assert.Equal(value, thresholds.TriageConfidenceFor(of, "free"));
    }

    [Theory]
    [InlineData("answer: { tier: { fre: 0.9 } }", "thresholds.answer: unknown customer tier 'fre'; did you mean 'free'?")]
    [InlineData("answer: { class: { knowlege: 0.9 } }", "'class' cannot be 'knowlege'; did you mean 'knowledge'?")]
    [InlineData("answer: { tier: { free: 0.3 } }", "'free' is 0.3, out of range; write a number from 0.5 to 1")]
    [InlineData("answer: { class: { human: 95 } }", "for 95 % write 0.95")]
    [InlineData("answer: { intent: { refund: 0.9 } }", "thresholds.answer: unknown field 'intent'")]
    [InlineData("answer: [0.9]", "'answer' must be a number from 0.5 to 1")]
    [InlineData("offer: { default: much }", "'default' must be a number from 0.01 to 1")]
    public void Slips_are_problems_with_their_line(string threshold, string message)
    {
        var problems = Assert.IsType<LoadedPlaybook.Invalid>(Files(threshold).Load()).Problems;

        Assert.Contains(problems, p =>
            p is { File: "playbook.yaml", Line: 16 } && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_check_names_a_value_that_the_labelled_tickets_forbid()
    {
        var loaded = Files("answer: { tier: { free: 0.80 } }").With("answers.yaml", Fitted(0.91).ToYaml()).Load();

        Assert.Contains(loaded.Warnings, w => w.Message.Contains(
            "thresholds.answer of tier free is 0.8, and answers need 0.91", StringComparison.Ordinal));
    }

    private static AnswerWeights Fitted(double point) => new(
        AnswerWeights.CurrentRecipe, 200, point, Numbers(0.5), Numbers(1.5), [.. Numbers(0.1), 0.25]);

    private static double[] Numbers(double value) => [.. Enumerable.Repeat(value, AnswerWeights.Signals)];

    private static Playbook Of(string threshold) => Files(threshold).Playbook();

    private static PlaybookFiles Files(string threshold) => new PlaybookFiles().Replace(
        "playbook.yaml", "  triage_confidence: 0.70", $"  triage_confidence: 0.70\n  {threshold}");
}
