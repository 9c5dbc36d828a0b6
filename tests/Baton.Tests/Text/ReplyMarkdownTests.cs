using Baton.Text;

namespace Baton.Tests.Text;

/// <summary>Markdown as a text for channels that carry nothing else.</summary>
public sealed class ReplyMarkdownTests
{
    [Theory]
    [InlineData("Your refund of **$40.00** left us.", "Your refund of $40.00 left us.")]
    [InlineData("It is *really* on its way, __promised__ and _sent_.", "It is really on its way, promised and sent.")]
    [InlineData("See [our page](https://example.com/a?b=c).", "See our page (https://example.com/a?b=c).")]
    [InlineData("[https://example.com](https://example.com)", "https://example.com")]
    [InlineData("# Returns\n\n* one\n+ two\n- three\n1. four", "Returns\n\n- one\n- two\n- three\n1. four")]
    [InlineData("Use `**code**` here", "Use **code** here")]
    [InlineData("```\n**not** a mark\n```\nafter", "**not** a mark\nafter")]
    [InlineData("2 * 3 * 4 = 24", "2 * 3 * 4 = 24")]
    [InlineData("order_id and user_id stay", "order_id and user_id stay")]
    [InlineData("[EMAIL_1] stays", "[EMAIL_1] stays")]
    [InlineData("a ** b ** c", "a ** b ** c")]
    [InlineData("Escaped \\*stars\\* and \\_lines\\_", "Escaped *stars* and _lines_")]
    [InlineData("**bold with _thin_ inside**", "bold with thin inside")]
    [InlineData("one `tick is no code", "one `tick is no code")]
    [InlineData("> quoted", "> quoted")]
    [InlineData("#hash tag", "#hash tag")]
    [InlineData("", "")]
    public void Loses_its_marks_and_nothing_else(string written, string plain) =>
        Assert.Equal(plain, ReplyMarkdown.Plain(written));

    [Theory]
    [InlineData("[")]
    [InlineData("*a ")]
    [InlineData("**a")]
    [InlineData("](")]
    [InlineData("`")]
    [InlineData("_x")]
    public void Ends_for_any_number_of_half_marks(string half)
    {
        var text = string.Concat(Enumerable.Repeat(half, 20_000));

        Assert.NotNull(ReplyMarkdown.Plain(text));
    }
}
