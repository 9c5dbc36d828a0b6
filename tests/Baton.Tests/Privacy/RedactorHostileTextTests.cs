using Baton.Privacy;

namespace Baton.Tests.Privacy;

/// <summary>Text made to be slow or to crash. These end quickly or the suite's time limit ends them.</summary>
public sealed class RedactorHostileTextTests
{
    private static readonly Redactor Everything = new(RedactionProfile.Everything);

    [Theory]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a@b.")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("+(1")]
    [InlineData("1.")]
    [InlineData(":")]
    [InlineData("f:")]
    [InlineData("[")]
    [InlineData("[A_1")]
    [InlineData("x.y")]
    [InlineData("://")]
    [InlineData("http://a ")]
    [InlineData("GB29 ")]
    [InlineData("Street ")]
    [InlineData("1 Rue ")]
    [InlineData("my name is ")]
    [InlineData("John ")]
    [InlineData("Regards,\n")]
    [InlineData("password: ")]
    [InlineData("😀")]
    [InlineData("\u200b")]
    [InlineData("\ud83d")]
    [InlineData("京 ")]
    [InlineData("e\u0301\u0301")]
    [InlineData("a (at) b (dot) ")]
    public void A_megabyte_of_one_thing_is_read_to_its_end(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var redacted = Everything.Redact(text, new Placeholders());
        Assert.True(redacted.Spans.All(s => s.End <= text.Length));
    }

    [Fact]
    public void Finds_what_hides_behind_a_megabyte_of_noise()
    {
        var text = new string('x', 500_000) + " jane@example.com " + new string('\u200b', 500_000) + "4539148803436467";
        Assert.Equal([PersonalDataType.Email, PersonalDataType.Card], Everything.Find(text).Select(s => s.Type));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_only_a_character() =>
        Assert.Equal("\ud800 [EMAIL_1] \udc00", Everything.Redact("\ud800 jane@example.com \udc00",
            new Placeholders()).Text);

    [Fact]
    public void Empty_text_has_nothing_in_it() => Assert.Empty(Everything.Redact("", new Placeholders()).Spans);
}
