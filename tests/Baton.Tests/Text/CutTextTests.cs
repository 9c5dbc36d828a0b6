using Baton.Text.Words;

namespace Baton.Tests.Text;

public sealed class CutTextTests
{
    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "longe…")]
    [InlineData("ab😀cd", 3, "ab…")]
    [InlineData("ab😀cd", 4, "ab😀…")]
    [InlineData("😀", 1, "…")]
    [InlineData("any", 0, "…")]
    public void Leaves_no_half_of_a_letter(string text, int most, string cut) =>
        Assert.Equal(cut, CutText.Of(text, most, "…"));
}
