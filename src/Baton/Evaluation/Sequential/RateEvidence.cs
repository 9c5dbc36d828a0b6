namespace Baton.Evaluation.Sequential;

/// <summary>
/// Evidence that may be looked at after every ticket. The value is the logarithm of an e-value: with nothing to find,
/// the chance that it ever reaches ln(1/α) is at most α (Ville 1939), however often somebody looks. It is exact, also
/// with few tickets and very unequal arms.
/// </summary>
/// <remarks>
/// Given that a ticket has an event, it is the candidate's with the chance λs/(λs + 1 − s), where s is the candidate's
/// share and λ how many times as often its tickets have events: that draws of a hash and rates alone decide. The
/// likelihood of λ against the tolerated one is averaged over a fixed grid of larger ones (mixture, Robbins 1970).
/// </remarks>
internal static class RateEvidence
{
    private const int Steps = 25;

    /// <summary>Rates up to e^2.5, about 12 times the tolerated one, are looked for.</summary>
    private const double Width = 0.1;

    /// <summary>That the candidate's tickets have events more than so many times as often.</summary>
    /// <param name="tolerated">1: as often as the control's.</param>
    public static double MoreOften(IReadOnlyList<ArmCounts> counts, double tolerated = 1)
    {
        Span<double> logs = stackalloc double[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var ratio = tolerated * Math.Exp(Width * (i + 1));
            foreach (var (share, candidate, control) in counts)
            {
                // Without a control nothing can be compared, and without a candidate neither.
                if (share is <= 0 or >= 1) continue;
                var (then, now) = (tolerated * share + 1 - share, ratio * share + 1 - share);
                logs[i] += candidate * Math.Log(ratio * then / (tolerated * now)) + control * Math.Log(then / now);
            }
        }
        return MeanOf(logs);
    }

    /// <summary>That a share lies above a bar, from tickets with an event among all.</summary>
    public static double Above(long events, long tickets, double bar)
    {
        if (bar >= 1) return 0;
        Span<double> logs = stackalloc double[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var share = bar + (1 - bar) * (i + 1) / (Steps + 1);
            logs[i] = (events == 0 ? 0 : events * Math.Log(share / Math.Max(bar, 1e-9)))
                + (tickets - events) * Math.Log((1 - share) / (1 - bar));
        }
        return MeanOf(logs);
    }

    /// <summary>That it lies below one.</summary>
    public static double Below(long events, long tickets, double bar) => Above(tickets - events, tickets, 1 - bar);

    /// <summary>Logarithm of the mean of exponentials, without overflow.</summary>
    private static double MeanOf(ReadOnlySpan<double> logs)
    {
        var largest = double.NegativeInfinity;
        foreach (var log in logs) largest = Math.Max(largest, log);
        var sum = 0.0;
        foreach (var log in logs) sum += Math.Exp(log - largest);
        return largest + Math.Log(sum / logs.Length);
    }
}
