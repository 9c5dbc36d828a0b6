namespace Baton.Testing.Chaos;

/// <summary>What happens to an installation of several processes, and when.</summary>
internal sealed record ChaosPlan
{
    public int Workers { get; init; } = 3;

    /// <summary>How long tickets come in.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromSeconds(60);

    public double TicketsPerSecond { get; init; } = 5;

    /// <summary>Between two kills, at least and at most.</summary>
    public (double From, double To) KillEverySeconds { get; init; } = (3, 7);

    /// <summary>A killed worker is back after so long.</summary>
    public TimeSpan Back { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Every so many kills the broker is killed and started again, or purged, or a worker is held for 30 s.
    /// </summary>
    public int? OtherThingsEvery { get; init; }

    /// <summary>Every so many kills the database is restarted as after a crash. Nobody else may use it.</summary>
    public int? DatabaseEvery { get; init; }

    public int Seed { get; init; } = 1;
}

/// <summary>What became of the tickets.</summary>
/// <param name="Accepted">Tickets that the server said it has.</param>
/// <param name="Lost">Of those, how many have no decision in the end.</param>
/// <param name="Doubled">Tickets with more than one decision, or more than one text to the customer.</param>
/// <param name="LedgerFaults">Problems in the ledger.</param>
/// <param name="Milliseconds">From the acceptance to the decision, ascending.</param>
/// <param name="Recoveries">
/// From each kill that met work until all of it was done by somebody, milliseconds, ascending; the work itself is in
/// it.
/// </param>
/// <param name="Happened">Kills of workers, and the other things by name.</param>
/// <param name="LongestGapMs">Longest time between two decisions while tickets came in.</param>
internal sealed record ChaosVerdict(
    int Accepted, int Lost, int Doubled, int LedgerFaults, IReadOnlyList<double> Milliseconds,
    IReadOnlyList<double> Recoveries, IReadOnlyDictionary<string, int> Happened, double LongestGapMs)
{
    /// <summary>A quantile of the times to a decision; null without any.</summary>
    public static double? At(IReadOnlyList<double> ascending, double quantile) =>
        ascending.Count == 0 ? null : ascending[(int)Math.Min(ascending.Count - 1, quantile * ascending.Count)];
}
