using Baton.Knowledge.Answers;
using Baton.Knowledge.Markdown;

namespace Baton.Tests.Knowledge;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain words, 5 * 3 = 15 and snake_case", "plain words, 5 * 3 = 15 and snake_case")]
    [InlineData("**bold**, *leaning*, __both__ and `code *x*`", "bold, leaning, both and code *x*")]
    [InlineData("see [the page](/returns) or [ours](https://example.com/a)",
        "see the page or ours (https://example.com/a)")]
    [InlineData("[brackets (round)](https://example.com/a_(b))", "brackets (round) (https://example.com/a_(b))")]
    [InlineData("write to <https://example.com/x>", "write to https://example.com/x")]
    [InlineData("<b>bold</b> and <!-- nothing --> words", "bold and  words")]
    [InlineData("5 &lt; 6 &amp; 7&nbsp;km", "5 < 6 & 7\u00a0km")]
    [InlineData(@"not \*leaning\*, 1 \| 2", "not *leaning*, 1 | 2")]
    [InlineData("![a tent](tent.png) outside", "a tent outside")]
    [InlineData("1. is no list here", "1. is no list here")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("[not a link] and [x](never closed", "[not a link] and [x](never closed")]
    public void Reads_as_a_person_would_read_it_aloud(string markdown, string expected) =>
        Assert.Equal(expected, MarkdownText.Plain(markdown));

    [Fact]
    public void Finds_every_kind_of_block_at_its_place()
    {
        const string text = """
            First line
            goes on.

            Title
            =====

            * one
              * nested
            * two

            | a | b |
            | - | - |
            | 1 | 2 |

            ~~~
            # code
            ~~~

            > quoted

            <div>in a div</div>

            ## Second ##
            """;

        var blocks = MarkdownBlocks.Of(text);

        Assert.Equal(
            [
                BlockKind.Paragraph, BlockKind.Heading, BlockKind.List, BlockKind.Table, BlockKind.Code,
                BlockKind.Paragraph,
                BlockKind.Paragraph, BlockKind.Heading,
            ],
            blocks.Select(b => b.Kind));
        Assert.Equal("First line\ngoes on.", blocks[0].In(text));
        Assert.Equal("* one\n  * nested\n* two", blocks[2].In(text));
        Assert.Equal("| a | b |\n| - | - |\n| 1 | 2 |", blocks[3].In(text));
        Assert.Equal("~~~\n# code\n~~~", blocks[4].In(text));
        Assert.Equal("Second", MarkdownBlocks.HeadingText(text, blocks[7]));
        Assert.Equal((1, 2), (blocks[1].Level, blocks[7].Level));
    }

    [Theory]
    [InlineData("Weights:\n| a | 1 |\n| b | 2 |\nand so on", "Paragraph Table Paragraph")]
    [InlineData("You need:\n• a tent\n• pegs\n\nThat is all.", "Paragraph List Paragraph")]
    [InlineData("a | b\n--- | ---\n1 | 2", "Table")]
    [InlineData("[home]: https://example.com\n\nWords.", "Paragraph")]
    [InlineData("Words.\n\n---\n\nMore.", "Paragraph Paragraph")]
    public void Understands_what_editors_leave(string text, string kinds) =>
        Assert.Equal(kinds, string.Join(' ', MarkdownBlocks.Of(text).Select(b => b.Kind)));

    [Fact]
    public void Keeps_an_escaped_bar_inside_its_cell()
    {
        var units = AnswerUnits.Of("| Size | Note |\n| --- | --- |\n| S | a \\| b |");

        Assert.Equal("Size: S, Note: a | b", Assert.Single(units).Text);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("*a ")]
    [InlineData("`")]
    [InlineData("<a ")]
    [InlineData("![](")]
    public void Takes_any_depth_and_length_of_marks(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 20_000)) + "x";

        Assert.NotEmpty(MarkdownBlocks.Of(text));
        Assert.Contains('x', MarkdownText.Plain(text));
    }
}
