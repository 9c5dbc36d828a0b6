using Baton.Evaluation.Drafting;
using Baton.Knowledge.Importing;
using Baton.Privacy;

namespace Baton.Tests.Evaluation.Drafting;

/// <summary>What people answered to customers becomes a draft only where it is nobody's in particular.</summary>
public sealed class ResolvedTicketsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Drafts_a_persons_answer_without_greeting_and_name()
    {
        var article = Assert.Single(Read("""
            {"id": "T-1", "subject": "Dogs", "messages": [
              {"from": "customer", "text": "Hi, may I bring my dog into the store?\n\nAnn"},
              {"from": "agent", "text": "Hi Ann,\n\nDogs on a leash are welcome in all our stores.\nIt is *quiet* there.\n\nBest regards\nMarco"}]}
            """).Articles);

        Assert.Equal("## Dogs\n\nDogs on a leash are welcome in all our stores.\nIt is \\*quiet\\* there.",
            article.Body);
        Assert.Contains("dog into the store?", Assert.Single(article.Questions["Dogs"]), StringComparison.Ordinal);
        Assert.True(article.ByName);
    }

    [Fact]
    public void Joins_tickets_that_had_the_same_answer()
    {
        const string Answer =
            """{"from": "agent", "text": "Dogs on a leash are welcome in all our stores, all year."}""";
        var article = Assert.Single(Read(
            $$"""{"id": "T-1", "messages": [{"from": "customer", "text": "Are dogs allowed?"}, {{Answer}}]}""",
            $$"""{"id": "T-2", "messages": [{"from": "customer", "text": "Can my dog come in?"}, {{Answer}}]}""").Articles);

        Assert.Equal(["Are dogs allowed?", "Can my dog come in?"], article.Questions.Single().Value);
    }

    [Theory]
    [InlineData("""{"from": "agent", "text": "Your parcel went to ann.lee@example.com, please look there."}""",
        "personal data")]
    [InlineData("""{"from": "agent", "text": "Yes, you can."}""", "too short")]
    [InlineData("""{"from": "customer", "text": "Is nobody there?"}""", "no message of a person")]
    public void Leaves_out_what_helps_nobody_else(string last, string why)
    {
        var content = Read($$"""{"id": "T-1", "messages": [{"from": "customer", "text": "Where is it?"}, {{last}}]}""");

        Assert.Empty(content.Articles);
        Assert.Contains(why, Assert.Single(content.LeftOut).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", ":1: not JSON")]
    [InlineData("{\"id\": \"T-1\"}", "is missing")]
    [InlineData("{\"id\": \"T-1\", \"bodi\": \"x\"}", "bodi")]
    public void Names_lines_that_are_no_tickets(string line, string problem)
    {
        var bad = Assert.Single(Read(line).Unreadable);

        Assert.Contains(problem, $"{bad.Where}: {bad.Why}", StringComparison.Ordinal);
    }

    private SourceContent Read(params string[] lines)
    {
        File.WriteAllLines(_file, lines.Select(l => l.ReplaceLineEndings(" ")));
        return new ResolvedTickets(new Redactor(), new ImportLimits()).Read(_file);
    }
}
