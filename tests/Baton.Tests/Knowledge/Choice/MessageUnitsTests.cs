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
    [InlineData("two quickies: what must I show at the desk, and where can I leave the car?", 2,
        "two quickies: what must I show at the desk|where can I leave the car?")]
    [InlineData("gift card q: can i use two at once. and do they run out", 2,
        "gift card q: can i use two at once.|gift card q: can i use two at once. do they run out")]
    [InlineData("how do i wash my pack? also 1 buckle is cracked whats a new strap", 2,
        "how do i wash my pack?|also 1 buckle is cracked whats a new strap")]
    [InlineData("is a swap free? besides, when do u close on sundays", 2,
        "is a swap free?|besides, when do u close on sundays")]
    [InlineData("1) do i get a new rope 2) where exactly is the number", 2,
        "1) do i get a new rope|where exactly is the number")]
    [InlineData("Does a Canadian shop count, and if a local one is cheaper within what time can I come?", 2,
        "Does a Canadian shop count|Does a Canadian shop count if a local one is cheaper within what time can I come?")]
    [InlineData("If I send the boots back, what does the label cost?", 1,
        "If I send the boots back, what does the label cost?")]
    [InlineData("My tent is wet. I would like to know what kills mold.", 0, "I would like to know what kills mold.")]
    [InlineData("Don't tell my wife. Do you repair zips?", 1, "Do you repair zips?")]
    [InlineData("Do not send a replacement. I need the money back.", 0, "I need the money back.")]
    [InlineData("Doesn't matter which colour. Can you send a tent today?", 1, "Can you send a tent today?")]
    [InlineData("didn't arrive yet", 0, "didn't arrive yet")]
    [InlineData("Don’t call me about it, write to me.", 0, "Don’t call me about it, write to me.")]
    [InlineData("Don't you ship to Canada", 1, "Don't you ship to Canada")]
    [InlineData("and doesn't the tent have a floor", 1, "and doesn't the tent have a floor")]
    [InlineData("Do you not ship to Canada", 1, "Do you not ship to Canada")]
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
