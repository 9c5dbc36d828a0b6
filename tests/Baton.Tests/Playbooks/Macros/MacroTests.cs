using Baton.Playbooks;
using Baton.Playbooks.Macros;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Playbooks.Macros;

/// <summary>Texts that people send often: read, refused with a way out, filled, and never sent with a hole.</summary>
public sealed class MacroTests
{
    private const string File = "macros/refund.md";

    private const string Good = """
        ---
        title: Refund is on its way
        queues: [l1]
        language: en
        ask:
          refund_amount: amount with its currency
        ---
        Hi {customer}, your refund of **{refund_amount}** for {order_id} is on its way.

        {agent}, {brand}

        """;

    [Fact]
    public void Are_read_with_their_title_queues_and_what_the_person_fills_in()
    {
        var macro = Assert.Single(Playbook(Good).Macros);

        Assert.Equal(("refund", "Refund is on its way", "en"), (macro.Name, macro.Title, macro.Language));
        Assert.Equal(["l1"], macro.Queues);
        Assert.Equal("amount with its currency", macro.Asks["refund_amount"]);
        Assert.StartsWith("Hi {customer}", macro.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: Refund is on its way\n", "", 2, "missing field 'title'")]
    [InlineData("[l1]", "[l9]", 3, "unknown queue 'l9'")]
    [InlineData("language: en", "language: english", 4, "is not a language")]
    [InlineData("{order_id}", "{order_no}", 8, "unknown hole '{order_no}'")]
    [InlineData("{agent}", "{agnt}", 10, "did you mean 'agent'?")]
    [InlineData("{brand}", "{brand", 10, "a brace that is not a hole")]
    [InlineData("refund_amount: amount", "agent: amount", 6, "is filled from the ticket")]
    [InlineData("refund_amount: amount", "Refund: amount", 6, "is not a name")]
    [InlineData("ask:", "asks:", 5, "asks")]
    [InlineData("---\nHi", "Hi", 1, "no front matter")]
    public void Are_refused_at_the_line_with_what_to_write(string old, string @new, int line, string words)
    {
        var loaded = new PlaybookFiles().With(File, Good.Replace(old, @new, StringComparison.Ordinal)).Load();

        var problems = Assert.IsType<LoadedPlaybook.Invalid>(loaded).Problems;
        Assert.True(problems.Any(p => p.File == File && p.Line == line
            && p.Message.Contains(words, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Fact]
    public void Warn_of_what_is_asked_for_and_not_used() => Assert.Contains(
        Assert.IsType<LoadedPlaybook.Valid>(new PlaybookFiles().With(File, Good.Replace(
            "**{refund_amount}**", "it", StringComparison.Ordinal)).Load()).Warnings,
        w => w.Message.Contains("has no hole {refund_amount}", StringComparison.Ordinal));

    [Fact]
    public void Decide_nothing_and_change_no_version() =>
        Assert.Equal(new PlaybookFiles().Playbook().Version, Playbook(Good).Version);

    [Fact]
    public void Are_filled_with_what_is_known_and_keep_the_other_holes() => Assert.Equal(
        "Hi Robin, {refund_amount} for {order_id}, {nobody}",
        MacroHoles.Fill("Hi {customer}, {refund_amount} for {order_id}, {nobody}", new Dictionary<string, string>
        {
            ["customer"] = "Robin", ["order_id"] = "",
        }));

    [Theory]
    [InlineData("Hi Robin, $40 are on their way.", null)]
    [InlineData("Hi {customer}, {refund_amount}", "{customer} (customer), {refund_amount} (amount with its currency)")]
    [InlineData("A template has {first_name} in it", null)]
    [InlineData("{ order_id } is no hole", null)]
    public void Cannot_be_sent_with_a_hole_of_a_macro(string text, string? left)
    {
        var problem = MacroHoles.Problem(Playbook(Good).Macros, text);

        if (left is null) Assert.Null(problem);
        else Assert.Contains(left, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_northwind_have_holes_that_can_be_filled() =>
        Assert.InRange(NorthwindFiles.All().Playbook().Macros.Count, 6, 10);

    private static Playbook Playbook(string macro) => new PlaybookFiles().With(File, macro).Playbook();
}
