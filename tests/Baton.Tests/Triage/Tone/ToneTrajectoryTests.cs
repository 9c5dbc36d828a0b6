using Baton.Triage.Tone;

namespace Baton.Tests.Triage.Tone;

public sealed class ToneTrajectoryTests
{
    private static ToneTrajectory Of(params string[] turns) =>
        ToneTrajectory.Of([.. turns.Select(ToneModel.Default.Score)]);

    [Fact]
    public void Falls_when_the_customer_grows_angrier()
    {
        var trajectory = Of("Hi, could you tell me where my parcel is?", "That doesn't answer my question.",
            "This is ridiculous, useless bot, worst service ever!");

        Assert.Equal(ToneDirection.Falling, trajectory.Direction);
        Assert.Equal(2, trajectory.Frustrated);
        Assert.Equal(2, trajectory.FrustratedInARow);
    }

    [Fact]
    public void Rises_when_the_matter_is_solved() =>
        Assert.Equal("rising",
            Of("My parcel is late and I am fed up.", "Ok, I see it now.", "Great, thank you so much!").Word);

    [Fact]
    public void Is_steady_for_one_turn_and_for_even_ones()
    {
        Assert.Equal(ToneDirection.Steady, Of("I hate this.").Direction);
        Assert.Equal(ToneDirection.Steady,
            Of("Do you ship to Norway?", "And to Sweden?", "What does it cost?").Direction);
        Assert.Equal(ToneDirection.Steady, ToneTrajectory.Of([]).Direction);
    }

    [Fact]
    public void Counts_frustrated_messages_that_are_not_the_latest()
    {
        var trajectory = Of("Still no answer, so frustrating!", "Ah, thanks, got it.");

        Assert.Equal((1, 0), (trajectory.Frustrated, trajectory.FrustratedInARow));
    }
}
