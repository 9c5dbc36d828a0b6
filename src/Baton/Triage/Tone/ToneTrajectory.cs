using Baton.Playbooks;

namespace Baton.Triage.Tone;

/// <summary>Where a conversation's mood is going.</summary>
public enum ToneDirection { Steady, Rising, Falling }

/// <summary>The mood over a customer's turns.</summary>
/// <param name="Direction">Falling when the customer grows angrier.</param>
/// <param name="Frustrated">How many of the turns were frustrated.</param>
/// <param name="FrustratedInARow">How many of the latest turns in a row were frustrated.</param>
/// <param name="Slope">Change of sentiment per turn on the scale of 1–10, later turns counting more.</param>
public sealed record ToneTrajectory(ToneDirection Direction, int Frustrated, int FrustratedInARow, double Slope)
{
    /// <summary>A smaller change per turn than this is noise.</summary>
    private const double SteadySlope = 0.45;

    /// <summary>How many of the latest turns are looked at.</summary>
    private const int Window = 12;

    /// <summary>
    /// The direction as the decision format writes it: <c>rising</c>, <c>steady</c> or <c>falling</c>.
    /// </summary>
    public string Word => EnumWords.Of(Direction);

    /// <summary>
    /// Reads the turns in order. The slope is a weighted least-squares line through the last 12 sentiments, each turn
    /// counting 1.5 times the one before it, so that the present matters more than the beginning.
    /// </summary>
    public static ToneTrajectory Of(IReadOnlyList<ToneScore> customerTurns)
    {
        var frustrated = customerTurns.Count(t => t.IsFrustrated);
        var inARow = 0;
        for (var i = customerTurns.Count - 1; i >= 0 && customerTurns[i].IsFrustrated; i--) inARow++;
        var slope = SlopeOf(customerTurns);
        var direction = slope <= -SteadySlope ? ToneDirection.Falling
            : slope >= SteadySlope ? ToneDirection.Rising
            : ToneDirection.Steady;
        return new ToneTrajectory(direction, frustrated, inARow, slope);
    }

    private static double SlopeOf(IReadOnlyList<ToneScore> turns)
    {
        var first = Math.Max(0, turns.Count - Window);
        if (turns.Count - first < 2) return 0;
        double weight = 1, sum = 0, meanX = 0, meanY = 0, covariance = 0, variance = 0;
        for (var i = first; i < turns.Count; i++, weight *= 1.5)
        {
            sum += weight;
            meanX += weight * i;
            meanY += weight * turns[i].Sentiment;
        }
        (meanX, meanY, weight) = (meanX / sum, meanY / sum, 1);
        for (var i = first; i < turns.Count; i++, weight *= 1.5)
        {
            covariance += weight * (i - meanX) * (turns[i].Sentiment - meanY);
            variance += weight * (i - meanX) * (i - meanX);
        }
        return covariance / variance;
    }
}
