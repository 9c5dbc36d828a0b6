using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

public sealed class QuestionReaderTests
{
    private const string Article =
        "---\ntitle: Returning something\n---\n## How long\n\n30 days.\n\n## What it costs\n\nNothing.\n";

    [Fact]
    public void Reads_the_questions_of_a_section()
    {
        var playbook = Files(
            "How long:\n  - how many days do i have\n  - is it too late\nWhat it costs: [do I pay postage]\n")
            .Playbook();

        var article = playbook.Articles.Single(a => a.Id == "sending-back");
        Assert.Equal(["how many days do i have", "is it too late"], article.Questions["How long"]);
        Assert.Equal(["do I pay postage"], article.Questions["What it costs"]);
    }

    [Theory]
    [InlineData("How longg: [how many days]",
        "article 'sending-back' has no section 'How longg'; did you mean 'How long'?")]
    [InlineData("How long: 3", "How long")]
    public void Says_what_is_wrong_with_questions(string questions, string problem) =>
        Assert.Contains(Load(Files(questions)), line => line.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Refuses_questions_for_no_article() =>
        Assert.Contains(
            Load(new PlaybookFiles().With("knowledge/questions/nothing.yaml", "How long: [how many days]\n")),
            line => line.Contains("there is no article 'nothing'", StringComparison.Ordinal));

    [Fact]
    public void Names_sections_without_questions_and_questions_of_two_sections()
    {
        var warnings = Warnings(Files("How long: [do I pay postage]\nWhat it costs: [do I pay postage]\n"));
        Assert.Contains(warnings,
            line => line.Contains("is also a question of sending-back#How long", StringComparison.Ordinal));

        warnings = Warnings(Files("How long: [how many days]\n"));
        Assert.Contains(warnings,
            line => line.Contains("section 'What it costs' has no questions", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_nothing_about_sections_where_no_questions_are_written() =>
        Assert.DoesNotContain(
            Warnings(new PlaybookFiles().With("knowledge/sending-back.md", Article)),
            line => line.Contains("questions", StringComparison.Ordinal));

    private static PlaybookFiles Files(string questions) => new PlaybookFiles()
        .With("knowledge/sending-back.md", Article).With("knowledge/questions/sending-back.yaml", questions);

    private static List<string> Load(PlaybookFiles files) =>
        [.. Assert.IsType<LoadedPlaybook.Invalid>(files.Load()).Problems.Select(p => p.ToString())];

    private static List<string> Warnings(PlaybookFiles files) => [.. files.Load().Warnings.Select(p => p.ToString())];
}
