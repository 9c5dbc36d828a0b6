using Baton.Customers;

namespace Baton.Tests.Customers;

public sealed class VerifyingQuestionTests
{
    [Theory]
    [InlineData("robin@example.com", "robin@example.com")]
    [InlineData("It is Robin@Example.COM.", "robin@example.com")]
    [InlineData("ｒｏｂｉｎ@example.com", "robin@example.com")]
    [InlineData("<robin+shop@example.com> thanks", "robin+shop@example.com")]
    [InlineData("robin@example.com, I mean robin@example.com", "robin@example.com")]
    [InlineData("a@example.com or b@example.com", null)]
    [InlineData("I do not know", null)]
    [InlineData("", null)]
    [InlineData("@example.com", null)]
    public void Reads_one_address_and_lets_nobody_guess(string said, string? address) =>
        Assert.Equal(address, VerifyingQuestion.Answer(said));

    [Theory]
    [InlineData("robin@example.com", " Robin@example.com ", true)]
    [InlineData("robin@example.co", "robin@example.com", false)]
    [InlineData("", "robin@example.com", false)]
    public void Fits_what_stands_there(string answer, string owner, bool fits) =>
        Assert.Equal(fits, VerifyingQuestion.Fits(answer, owner));

    [Fact]
    public void A_right_answer_makes_the_owner_and_a_wrong_one_a_stranger()
    {
        var view = new Identity.Answered("c-1", "someone@example.com", "robin@example.com");

        Assert.IsType<Identity.Verified>(
            Assert.IsType<OwnerView.Owner>(view.Towards("Robin@example.com")).Identity);
        Assert.IsType<OwnerView.Stranger>(view.Towards("ada@example.com"));
        Assert.IsType<OwnerView.Stranger>(view.Towards(null));
    }
}
