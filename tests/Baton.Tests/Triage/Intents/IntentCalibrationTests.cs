using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class IntentCalibrationTests
{
    [Fact]
    public void Gives_probabilities_for_scores_far_apart_at_a_low_temperature()
    {
        float[] scores = [3, 1, -2];

        new IntentCalibration(0.02, 0, 0.5).ToProbabilities(scores);

        Assert.Equal([1, 0, 0], scores.Select(s => Math.Round(s, 3)));
    }
}
