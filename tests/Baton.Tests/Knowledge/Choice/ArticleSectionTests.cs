using Baton.Knowledge.Choice;

namespace Baton.Tests.Knowledge.Choice;

public sealed class ArticleSectionTests
{
    [Theory]
    [InlineData("1. Open the page and choose\n   the order.\n2. Print it.", "1. Open the page and choose the order.\n2. Print it.")]
    [InlineData("- one\n  goes on\n  - below it\n- two", "- one goes on\n  - below it\n- two")]
    [InlineData("These count:\n\n* one\n* two and\nmore", "These count:\n- one\n- two and more")]
    public void A_list_item_that_the_article_wraps_is_one_line_in_a_letter(string text, string plain) =>
        Assert.Equal(plain, new ArticleSection("returns", "Returns", "By mail", text, []).Plain());
}
