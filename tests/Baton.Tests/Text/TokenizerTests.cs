using Baton.Text;

namespace Baton.Tests.Text;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("Where's my card?", "where's|my|card|?")]
    [InlineData("I paid $1,299.00 at 12:30.", "i|paid|$|1,299.00|at|12:30|.")]
    [InlineData("Café ＡＢＣ ﬁne straße", "cafe|abc|fine|strasse")]
    [InlineData("can’t  'quoted'", "can't|'|quoted|'")]
    [InlineData("ca\u200bn\u00adcel", "cancel")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("ok 👍🏽 bye", "ok|👍|🏽|bye")]
    [InlineData("退款 please", "退|款|please")]
    [InlineData("Привет, мир", "привет|,|мир")]
    [InlineData(" \t\r\n\0", "")]
    [InlineData("'", "'")]
    [InlineData("\u200b", "")]
    public void Splits_text_into_normal_forms(string text, string expected)
    {
        var tokens = new List<string>();
        foreach (var token in Tokenizer.Split(text)) tokens.Add(Letters.Normalize(token.In(text).ToString()));

        Assert.Equal(expected, string.Join('|', tokens));
    }

    [Theory]
    [InlineData("refund", TokenKind.Word)]
    [InlineData("4,50", TokenKind.Number)]
    [InlineData("iphone7", TokenKind.Code)]
    [InlineData("?", TokenKind.Mark)]
    [InlineData("款", TokenKind.Word)]
    [InlineData("😀", TokenKind.Mark)]
    public void Tells_kinds_apart(string text, TokenKind kind)
    {
        foreach (var token in Tokenizer.Split(text)) Assert.Equal(new Token(0, text.Length, kind), token);
    }

    [Fact]
    public void Keeps_accents_where_languages_are_told_apart() =>
        Assert.Equal("où être", Letters.Normalize("Où ÊTRE", keepAccents: true));

    [Fact]
    public void Survives_lone_surrogates()
    {
        var count = 0;
        foreach (var token in Tokenizer.Split("a \ud83d b \ude00 c")) count += token.Length;

        Assert.Equal(4, count);
    }

    [Fact]
    public void Normal_form_fits_twice_the_length()
    {
        var hostile = new string('ß', 1000);

        Assert.Equal(2000, Letters.Normalize(hostile).Length);
    }
}
