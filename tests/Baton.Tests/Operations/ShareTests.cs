using Baton.Operations;

namespace Baton.Tests.Operations;

public sealed class ShareTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Takes_the_share_of_conversations_that_was_asked_for(double share)
    {
        const int all = 20_000;

        var taken = Enumerable.Range(0, all).Count(i => Share.Of($"T-{i}", "autonomy") < share);

        Assert.InRange(taken, (share - 0.015) * all, (share + 0.015) * all);
    }

    [Fact]
    public void Draws_the_same_for_a_conversation_and_otherwise_for_another_salt()
    {
        Assert.Equal(Share.Of("T-1", "autonomy"), Share.Of("T-1", "autonomy"));
        Assert.NotEqual(Share.Of("T-1", "autonomy"), Share.Of("T-1", "shadow"));
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.InRange(Share.Of($"{i}", "x"), 0, 1 - 1e-9));
    }
}
