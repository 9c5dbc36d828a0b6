using Baton.Knowledge.Choice;

namespace Baton.Tests.Knowledge.Choice;

public sealed class AskedActsTests
{
    [Theory]
    [InlineData("How long is the code good for? Mine never came, please send one to this address."), InlineData("please refund me")]
    [InlineData("what is the fee & can u cancel mine today"), InlineData("Could somebody extend it for me by a week?")]
    [InlineData("When must it go back? It is day 61, please make an exception."), InlineData("can you hold one back for me please")]
    [InlineData("I'd like you to ring my bank."), InlineData("Would you please change my address to Oak Lane?")]
    [InlineData("Could someone split them again so that each of us has our own orders?")]
    public void Hears_a_request_to_act(string text) => Assert.True(AskedActs.In(text));

    [Theory]
    [InlineData("can you repair zips"), InlineData("Do you ship to Canada?"), InlineData("Please tell me how long I have.")]
    [InlineData("please let me know what it costs"), InlineData("Could you please explain the fee?"), InlineData("")]
    [InlineData("Can you tell me my options?"), InlineData("How do I cancel my membership?"), InlineData("please, is it free?")]
    [InlineData("Will you be open on Sunday?"), InlineData("I would like to know whether you take Klarna.")]
    public void Takes_questions_for_questions(string text) => Assert.False(AskedActs.In(text));
}
