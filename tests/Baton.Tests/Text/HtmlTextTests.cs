using System.Text;
using Baton.Text;

namespace Baton.Tests.Text;

/// <summary>An HTML body reads as a person would see it.</summary>
public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>Hello,</p><p>where is my order&nbsp;<b>NW-10003</b>?</p>", "Hello,\n\nwhere is my order NW-10003?")]
    [InlineData("Where is my order <b>NW</b>-<b>10003</b>?", "Where is my order NW-10003?")]
    [InlineData("Where is my order NW&#45;10003?", "Where is my order NW-10003?")]
    [InlineData("on card 4012&nbsp;8888&nbsp;8888&nbsp;1881", "on card 4012 8888 8888 1881")]
    [InlineData("write to robin&#64;example.com", "write to robin@example.com")]
    [InlineData("one<br>two<br/>three", "one\ntwo\nthree")]
    [InlineData("<ul><li>a tent</li><li>a stove</li></ul>", "- a tent\n- a stove")]
    [InlineData("<table><tr><th>item</th><th>price</th></tr><tr><td>tent</td><td>90</td></tr></table>",
        "item | price\ntent | 90")]
    [InlineData("<p>see <a href=\"https://example.com/a\">this page</a></p>", "see this page (https://example.com/a)")]
    [InlineData("<p>see <a href=\"https://example.com/a\">https://example.com/a</a></p>", "see https://example.com/a")]
    [InlineData("<p>to <a href=\"mailto:robin@example.com\">Robin</a></p>", "to Robin (robin@example.com)")]
    [InlineData("<html><head><title>t</title><style>p{}</style></head><body>seen<script>x()</script><!-- not --></body></html>", "seen")]
    [InlineData("<div>seen<span style=\"display:none\">hidden</span></div>", "seen")]
    [InlineData("<div>seen<span style=\"font-size:0px\">hidden <b>below</b></span></div>", "seen")]
    [InlineData("<div>seen<span style='visibility: hidden'>hidden</span></div>", "seen")]
    [InlineData("<div>seen<span style=\"mso-hide:all\">hidden</span></div>", "seen")]
    [InlineData("<div bgcolor=white>seen<font color=\"#FFF\">hidden</font></div>", "seen")]
    [InlineData("<div style=\"background:#fff\">seen<span style=\"color:white\">hidden</span></div>", "seen")]
    [InlineData("<div>seen<p hidden>hidden</p></div>", "seen")]
    [InlineData("<div>a<div>b</div>c</div>", "a\nb\nc")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("<p>unclosed <b>bold <i>and<p>next", "unclosed bold and\n\nnext", "text/html")]
    [InlineData("plain in <html>", "plain in", "text/html; charset=utf-8")]
    public void Reads_what_a_person_sees(string body, string seen, string? type = null) =>
        Assert.Equal(seen, HtmlText.Of(body, type));

    [Theory]
    [InlineData("1 < 2 and 3 > 2")]
    [InlineData("if (a < b && c > d) { }")]
    [InlineData("my address is <robin@example.com>")]
    [InlineData("I typed </div> and it broke")]
    [InlineData("</p> then <p> is the wrong order")]
    [InlineData("On Monday Ann <ann@example.com> wrote:\n> a </b>")]
    [InlineData("AT&T and Q&A; me & you")]
    [InlineData("see https://example.com/?a=1&copy=2&reg=3")]
    public void Leaves_plain_text_alone(string body) => Assert.Equal(body, HtmlText.Of(body));

    [Fact]
    public void Believes_a_content_type_that_says_plain() =>
        Assert.Equal("a<br>b", HtmlText.Of("a<br>b", "text/plain"));

    [Theory]
    [InlineData("<p>Thanks</p><div class=\"gmail_quote\">On Mon, 19 Jan 2026, Sam wrote:<blockquote>it burned</blockquote></div>")]
    [InlineData("<p>Thanks</p><div class=\"yahoo_quoted\"><div>On Monday, 19 January 2026, Sam wrote:</div><div>it burned</div></div>")]
    [InlineData("<div>Thanks</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Sam<br><b>Sent:</b> Monday<br>"
        + "<b>To:</b> Robin<br><b>Subject:</b> Re: x</div><div>it burned</div>")]
    [InlineData("<p class=MsoNormal>Thanks</p><div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Sam &lt;sam@example.com&gt;"
        + "<br><b>Sent:</b> Monday</p></div><p class=MsoNormal>it burned</p>")]
    [InlineData("<div>Thanks</div><div class=\"moz-cite-prefix\">On 19/01/2026 10:22, Sam wrote:<br></div><blockquote type=\"cite\">it burned</blockquote>")]
    [InlineData("<div>Thanks</div><blockquote type=\"cite\"><div>On 19 Jan 2026, at 10:22, Sam wrote:</div><div>it burned</div></blockquote>")]
    public void Quotations_of_mail_programs_are_not_answered_and_are_noticed(string body)
    {
        var seen = HtmlText.Of(body);

        Assert.Equal("Thanks", OwnWords.Of(seen).Trim());
        Assert.Contains("burned", new NoticedWords(["Fernweh"], [], []).Of(seen), StringComparison.Ordinal);
        Assert.DoesNotContain("burned", new NoticedWords(["Sam"], [], []).Of(seen), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<blockquote>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<p><a>")]
    [InlineData("<")]
    [InlineData("</div>")]
    [InlineData("<ul><li>")]
    [InlineData("<select><option>")]
    public void Survives_a_hundred_thousand_elements_inside_each_other(string tag)
    {
        var body = "<html>start " + string.Concat(Enumerable.Repeat(tag, 100_000 / tag.Length)) + " the stove burned";

        Assert.Contains("the stove burned", HtmlText.Of(body), StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_for_tags_once_however_many_close_nothing()
    {
        var body = string.Concat(Enumerable.Repeat("</p></b></i>", 40_000)) + " the stove burned";

        Assert.Equal(body, HtmlText.Of(body));
    }

    [Fact]
    public void Keeps_words_between_brackets_that_begin_no_tag() => Assert.Contains("the stove burned",
        HtmlText.Of("<html>" + string.Concat(Enumerable.Repeat("<div>", 1_000)) + "< the stove burned >"),
            StringComparison.Ordinal);

    [Fact]
    public void A_parser_cannot_be_made_to_open_fonts_again_after_every_paragraph()
    {
        var fonts = string.Concat(Enumerable.Range(0, 390).Select(i => $"<font size={i}>"));

        var seen = HtmlText.Of(
            "<html><p>" + fonts + string.Concat(Enumerable.Repeat("<p>x", 100_000)) + " the stove burned");

        Assert.EndsWith("the stove burned", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_megabytes_and_twenty_thousand_attributes()
    {
        var attributes = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i} "));
        var body = $"<html><div {attributes}>" + string.Concat(Enumerable.Repeat("<div>one <b>two</b></div>", 80_000))
            + "end</div>";

        Assert.EndsWith("one two\nend", HtmlText.Of(body), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_two_thousand_broken_bodies_without_failing()
    {
        string[] parts =
        [
            "<div", ">", "</div>", "<b>", "</p>", "<!--", "-->", "<![CDATA[", "<script>", "</script>", "&#x", ";",
            "&#0;", "&#xD800;", "\u0000",
            "\"", "'", "<table>", "<td>", "style=\"display:none\"", "<blockquote>", "<a href=", "word", "\n", "\uD800",
            "<svg>", "<math>", "</", "<?",
        ];
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var body = new StringBuilder("<html>");
            for (var n = random.Next(60); n > 0; n--) body.Append(parts[random.Next(parts.Length)]);

            var seen = HtmlText.Of(body.ToString());

            Assert.DoesNotContain(seen, c => char.IsControl(c) && c is not ('\n' or '\t'));
        }
    }
}
