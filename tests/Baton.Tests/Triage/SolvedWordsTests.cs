using Baton.Triage;

namespace Baton.Tests.Triage;

public sealed class SolvedWordsTests
{
    [Theory]
    [InlineData("that solved it")]
    [InlineData("This solved it, thanks!")]
    [InlineData("That solved it 🎉")]
    [InlineData("Yes, the second one answered my question. Thank you so much!")]
    [InlineData("Hi,\n\nthat's solved it now, many thanks.\n\nBest regards\nRobin")]
    [InlineData("Perfect! It works now.")]
    [InlineData("problem solved")]
    [InlineData("your link fixed it, cheers")]
    [InlineData("ok great that did the trick :)")]
    [InlineData("Number 2 solved it")]
    public void Hears_that_it_is_solved(string message) => Assert.True(SolvedWords.Say(message));

    [Theory]
    [InlineData("")]
    [InlineData("thanks")]
    [InlineData("ok cool")]
    [InlineData("that has not solved it")]
    [InlineData("That didn't solve it")]
    [InlineData("that solved it?")]
    [InlineData("That solved it, but now the stove leaks.")]
    [InlineData("that solved it. Also, where is my other parcel")]
    [InlineData("If that solved it I would not write")]
    [InlineData("I thought that solved it")]
    [InlineData("nothing solved it")]
    [InlineData("solve it")]
    [InlineData("it never worked")]
    [InlineData("That solved nothing")]
    [InlineData("Your answer helped me lose two hours")]
    public void Hears_nothing_of_the_kind(string message) => Assert.False(SolvedWords.Say(message));
}
