using Baton.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Text;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("law\u00adyer", "lawyer")]
    [InlineData("law\u200byer", "lawyer")]
    [InlineData("\ufeffl\u2060awyer\u200d", "lawyer")]
    [InlineData("ｌａｗｙｅｒ", "lawyer")]
    [InlineData("bless\u0065\u0301", "blesse")]
    [InlineData("Blessé", "Blesse")]
    [InlineData("l\u0336a\u0336wyer", "lawyer")]
    [InlineData("lаwyеr", "lawyer")]
    [InlineData("ѕuе you", "sue you")]
    [InlineData("οn firе", "on fire")]
    [InlineData("NW‑10003", "NW-10003")]
    [InlineData("NW–１０００３", "NW-10003")]
    [InlineData("NW−١٠٠٠٣", "NW-10003")]
    [InlineData("ΝW-10003", "NW-10003")]
    [InlineData("𝐥𝐚𝐰𝐲𝐞𝐫 𝟏", "lawyer 1")]
    [InlineData("ⓛⓐⓦ ①", "law 1")]
    [InlineData("🄻🄰🅆", "LAW")]
    [InlineData("ʟᴀᴡ", "law")]
    [InlineData("oﬃce ﬁre", "office fire")]
    [InlineData("can’t “stop”", "can't \"stop\"")]
    [InlineData("a\u00a0b\u2009c", "a b c")]
    [InlineData("Großer Æther", "Grosser AEther")]
    [InlineData("😀 ok", "😀 ok")]
    [InlineData("где мой заказ", "где мой заказ")]
    [InlineData("हिन्दी", "हिन्दी")]
    public void Shows_a_text_as_a_reader_sees_it(string text, string expected) =>
        Assert.Equal(expected, FoldedText.Of(text));

    [Fact]
    public void Plain_text_is_not_copied()
    {
        const string Text = "Where is my order NW-10003?";
        Assert.Same(Text, FoldedText.Of(Text));
    }

    [Fact]
    public void Folding_twice_changes_nothing_and_broken_surrogates_are_no_harm() =>
        Prop.ForAll<string>(text =>
        {
            var once = FoldedText.Of(text ?? "");
            return FoldedText.Of(once) == once;
        }).QuickCheckThrowOnFailure();
}
