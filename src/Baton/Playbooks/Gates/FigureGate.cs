namespace Baton.Playbooks.Gates;

/// <summary>Where the figure of a gate comes from.</summary>
public enum GateSource
{
    /// <summary>A run over labelled tickets.</summary>
    Eval,

    /// <summary>Figures of real traffic.</summary>
    Production,

    /// <summary>A rehearsal, such as stopping automation on purpose.</summary>
    Drill,
}

/// <summary>What has to keep to the bar.</summary>
public enum GateRule
{
    /// <summary>The figure itself, however few tickets are behind it.</summary>
    Point,

    /// <summary>The whole 95 % interval; while the bar is inside it, nothing is decided.</summary>
    LowerBound,
}

/// <summary>What a figure must reach, must not pass, or must not fall behind.</summary>
/// <param name="Metric">A figure by its name, such as <c>of_answered_right</c>.</param>
/// <param name="AtLeast">What it must reach; shares are 0 to 1.</param>
/// <param name="AtMost">What it must not pass.</param>
public sealed record FigureGate(string Metric, double? AtLeast, double? AtMost)
{
    public GateSource Source { get; init; }

    public GateRule Rule { get; init; }

    /// <summary>A group of tickets, <c>kind=lookup</c>; null means all.</summary>
    public string? Slice { get; init; }

    /// <summary>How much worse than the playbook in force it may be; null where that is not asked.</summary>
    public double? WorseBy { get; init; }

    /// <summary>What is asked, in words: <c>wrong_answers at most 0.05</c>.</summary>
    public string Words
    {
        get
        {
            string?[] bars =
            [
                AtLeast is { } least ? FormattableString.Invariant($"at least {least:0.####}") : null,
                AtMost is { } most ? FormattableString.Invariant($"at most {most:0.####}") : null,
                WorseBy is { } by ? FormattableString.Invariant($"no worse than current by {by:0.####}") : null,
            ];
            return Metric + (Slice is null ? " " : $" [{Slice}] ") + string.Join(", ", bars.OfType<string>())
                + (Rule == GateRule.LowerBound ? " (lower bound)" : "");
        }
    }
}
