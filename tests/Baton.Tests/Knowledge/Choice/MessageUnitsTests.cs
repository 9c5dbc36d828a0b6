using Baton.Knowledge.Choice;

namespace Baton.Tests.Knowledge.Choice;

public sealed class MessageUnitsTests
{
    [Theory]
    [InlineData("Do you repair zips?", 1, "Do you repair zips?")]
    [InlineData("We love your shop. Do you repair zips?", 1, "Do you repair zips?")]
    [InlineData("do you ship to canada and how long does a parcel take", 2,
        "do you ship to canada|how long does a parcel take")]
    [InlineData("Do you sell skis and poles?", 1, "Do you sell skis and poles?")]
    [InlineData("I have a card with three dollars. Can you pay it out?", 1,
        "I have a card with three dollars. Can you pay it out?")]
    [InlineData("does sale stuff earn credit? and if i quit do i lose my credit", 2,
        "does sale stuff earn credit?|and if i quit do i lose my credit")]
    [InlineData("My tent is wet. I would like to know what kills mold.", 0, "I would like to know what kills mold.")]
    [InlineData("pine sap on my tent", 0, "pine sap on my tent")]
    [InlineData("ok", 0, "")]
    [InlineData("", 0, "")]
    public void Finds_what_a_message_asks(string text, int asked, string units)
    {
        var found = MessageUnits.Of(text);

        Assert.Equal(units, string.Join('|', found.Questions));
        Assert.Equal(asked, found.Asked);
    }

    [Fact]
    public void Stops_at_six() =>
        Assert.Equal(6, MessageUnits.Of(string.Join(' ', Enumerable.Repeat("Do you repair zips?", 50))).Asked);
}
