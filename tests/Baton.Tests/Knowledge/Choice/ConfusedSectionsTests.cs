using Baton.Knowledge.Choice;

namespace Baton.Tests.Knowledge.Choice;

public sealed class ConfusedSectionsTests
{
    [Fact]
    public void Names_two_sections_that_are_asked_for_alike()
    {
        float[][][] questions =
        [
            [At(0), At(1), At(2), At(3)],
            [At(0.5), At(1.5), At(2.5), At(3.5)],
            [At(90), At(91), At(92)],
        ];

        var pair = Assert.Single(ConfusedSections.Of(["a: one", "b: two", "c: three"], questions));

        Assert.Equal(("a: one", "b: two", 8), (pair.One, pair.Other, pair.Questions));
        Assert.InRange(pair.Share, 0.3, 1);
    }

    [Fact]
    public void Says_nothing_of_sections_that_are_far_apart() => Assert.Empty(ConfusedSections.Of(
        ["a", "b"], [[At(0), At(5), At(9)], [At(60), At(65), At(70)]]));

    [Fact]
    public void Leaves_out_sections_with_too_few_questions_to_tell() => Assert.Empty(ConfusedSections.Of(
        ["a", "b"], [[At(0), At(2), At(4)], [At(1), At(3)]]));

    /// <summary>A vector of length 1 in this direction, degrees.</summary>
    private static float[] At(double degrees) =>
        [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
}
