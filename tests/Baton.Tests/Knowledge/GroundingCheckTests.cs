using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

public sealed class GroundingCheckTests
{
    private static readonly string[] Passages =
    [
        "You can send back unused gear within 45 days of delivery. A restocking fee of $12.50 applies to opened tents.",
        "Refunds arrive 5 business days after the parcel reaches us. Write to help@northwind.example or see " +
        "https://northwind.example/returns. The Oslo store is closed on Sunday. The warranty does not cover burns.",
    ];

    [Theory]
    [InlineData("You can send back unused gear within 45 days of delivery.")]
    [InlineData("A restocking fee of $12.50 applies to opened tents. The warranty does not cover burns.")]
    [InlineData("Refunds arrive 5 business days after the parcel reaches us.")]
    [InlineData("The Oslo store is closed on Sunday.")]
    public void Accepts_what_the_passages_say(string answer)
    {
        var report = GroundingCheck.Check(answer, Passages);

        Assert.True(report.Grounded, string.Join("; ", report.Sentences.SelectMany(s => s.Problems)));
    }

    [Theory]
    [InlineData("You can send back unused gear within 60 days of delivery.", "number 60")]
    [InlineData("You can send back unused gear within 45 weeks of delivery.", "45 week")]
    [InlineData("A restocking fee of $15.50 applies to opened tents.", "number 15.50")]
    [InlineData("A restocking fee of €12.50 applies to opened tents.", "12.50 €")]
    [InlineData("The Oslo store is closed on Tuesday.", "date 'Tuesday'")]
    [InlineData("The Bergen store, like the one in Trondheim, is closed on Sunday.", "name 'Trondheim'")]
    [InlineData("See https://northwind.example/refunds for the returns.", "link https://northwind.example/refunds")]
    [InlineData("Write to sales@northwind.example for refunds.", "link sales@northwind.example")]
    public void Fails_a_single_invented_fact(string answer, string problem)
    {
        var report = GroundingCheck.Check(answer, Passages);

        Assert.False(report.Grounded);
        Assert.True(report.Score < new GroundingOptions().Threshold);
        Assert.Contains(report.Sentences.SelectMany(s => s.Problems), p => p.Contains(problem));
    }

    [Theory]
    [InlineData("The warranty does cover burns.", "negation differs")]
    [InlineData("You cannot send back unused gear within 45 days of delivery.", "negation differs")]
    [InlineData("The Oslo store is open on Sunday.", "'open'")]
    [InlineData("Refunds always arrive 5 business days after the parcel reaches us.", "'always' is stronger")]
    public void Notices_statements_turned_round(string answer, string problem)
    {
        var report = GroundingCheck.Check(answer, Passages);

        Assert.False(report.Grounded);
        Assert.Contains(report.Sentences.SelectMany(s => s.Problems), p => p.Contains(problem));
    }

    [Fact]
    public void Scores_an_unrelated_answer_low()
    {
        var report = GroundingCheck.Check("Our kayaks float well because of their wide carbon hull.", Passages);

        Assert.False(report.Grounded);
        Assert.InRange(report.Score, 0, 0.3);
    }

    [Fact]
    public void Lets_courtesy_and_known_names_pass()
    {
        var answer = "Hi Anna, thank you for contacting us! You can send back unused gear within 45 days of delivery.";

        Assert.True(GroundingCheck.Check(
            answer, Passages, new GroundingOptions { KnownNames = ["Anna Berg"] }).Grounded);
        Assert.False(GroundingCheck.Check(answer, Passages).Grounded);
    }

    [Fact]
    public void Does_not_take_numbers_of_steps_or_placeholders_for_facts()
    {
        var answer = "Hello [NAME_1],\n1. You can send back unused gear within 45 days of delivery.\n" +
            "2. Refunds arrive 5 business days after the parcel reaches us.";

        Assert.DoesNotContain(
            GroundingCheck.Check(answer, Passages).Sentences.SelectMany(s => s.Problems), p => p.Contains("number"));
    }

    [Fact]
    public void Reads_numbers_however_they_are_written()
    {
        Assert.True(GroundingCheck.Check(
            "Repairs take two weeks and cost $1,200.", ["Repairs take 2 weeks and cost $1200.00."]).Grounded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("🙂")]
    public void Calls_an_empty_answer_grounded(string answer) =>
        Assert.True(GroundingCheck.Check(answer, Passages).Grounded);

    [Fact]
    public void Grounds_nothing_without_passages() =>
        Assert.False(GroundingCheck.Check("You can send back unused gear.", []).Grounded);

    [Fact]
    public void Survives_hostile_text()
    {
        var words = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i}"));

        Assert.False(GroundingCheck.Check(new string('x', 5_000_000), Passages).Grounded);
        Assert.NotNull(GroundingCheck.Check("A short answer about w7.", [words, new string('y', 3_000_000)]));
        Assert.NotNull(GroundingCheck.Check("\ud800\u202e\u200b ' ' ' n't", Passages));
    }
}
