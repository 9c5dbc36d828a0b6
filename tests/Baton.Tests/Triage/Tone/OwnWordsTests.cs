using Baton.Text;
using Baton.Triage.Tone;

namespace Baton.Tests.Triage.Tone;

public sealed class OwnWordsTests
{
    [Theory]
    [InlineData("Thanks!\n> old text\n> more")]
    [InlineData("Thanks!\n\nOn Tue, 3 Mar 2026 at 09:00, Support <s@example.com> wrote:\nold text")]
    [InlineData("Thanks!\n\nAm 03.03.2026 um 09:00 schrieb Support <s@example.com>:\nold text")]
    [InlineData("Thanks!\n\nLe 3 mars 2026 à 09:00, Support a écrit :\nold text")]
    [InlineData("Thanks!\n\n-----Original Message-----\nold text")]
    [InlineData("Thanks!\n---------- Forwarded message ---------\nold text")]
    [InlineData("Thanks!\n________________________________\nold text")]
    [InlineData("Thanks!\nFrom: Ann <ann@example.com>\nSent: today\nold text")]
    [InlineData("Thanks!\n-- \nAnn, old text Ltd")]
    public void Leaves_out_what_somebody_else_wrote(string message) =>
        Assert.Equal("Thanks!", OwnWords.Of(message).Trim());

    [Theory]
    [InlineData("Price > 50 euros is too much\nfrom: my point of view")]
    [InlineData("Two things: first\nsecond: the tent -- it leaks")]
    [InlineData("no lines at all")]
    public void Keeps_what_only_looks_like_a_quotation(string message) =>
        Assert.Equal(message, OwnWords.Of(message).TrimEnd('\n'));

    [Fact]
    public void A_message_that_is_all_quotation_has_no_own_words() => Assert.Equal("", OwnWords.Of("> a\n> b").Trim());

    [Fact]
    public void Reads_the_plainest_words_of_other_languages()
    {
        Assert.InRange(ToneModel.Default.Score("Das ist eine Frechheit, nie wieder!").Sentiment, 1, 3);
        Assert.InRange(ToneModel.Default.Score("C'est honteux, plus jamais !").Sentiment, 1, 3);
        Assert.InRange(ToneModel.Default.Score("Muchas gracias, excelente servicio").Sentiment, 7, 10);
        Assert.InRange(ToneModel.Default.Score("Vielen Dank im Voraus").Sentiment, 5, 6);
    }
}
