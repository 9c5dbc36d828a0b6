using System.Globalization;

namespace Baton.Evaluation.Rollouts;

/// <summary>What a roll-out must not make worse.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Tolerated">So many times the control's figure is still well; 1: as much.</param>
/// <param name="Low">With <c>escalation_band</c>: the share of tickets that go to people, at least.</param>
/// <param name="High">At most.</param>
internal sealed record RolloutGuard(string Name, double Tolerated = 1, double Low = 0, double High = 1)
{
    public const string Csat = "csat", Overrides = "overrides", WrongAnswers = "wrong_answers",
        Escalations = "escalations", Band = "escalation_band", Cost = "cost", Latency = "latency", Denials = "denials";

    /// <summary>The largest ratio that means anything.</summary>
    private const double MostTolerated = 100;

    public static readonly IReadOnlyList<string> Names =
        [Csat, Overrides, WrongAnswers, Escalations, Band, Cost, Latency, Denials];

    /// <summary>Those that hold where nobody says otherwise.</summary>
    public static readonly IReadOnlyList<RolloutGuard> Default =
    [
        new(Csat), new(Overrides), new(WrongAnswers), new(Escalations, 1.25), new(Cost, 1.25), new(Latency, 1.5),
        new(Denials),
    ];

    /// <summary>How many tests it is: both ends of a band are one each.</summary>
    public int Tests => Name == Band ? 2 : 1;

    /// <summary>As <see cref="Read"/> takes it.</summary>
    public string Text => Name == Band
        ? FormattableString.Invariant($"{Name}={Low:0.###}..{High:0.###}")
        : FormattableString.Invariant($"{Name}={Tolerated:0.###}");

    /// <summary>Reads <c>cost</c>, <c>cost=1.25</c> or <c>escalation_band=0.15..0.35</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says how to write it.</exception>
    public static RolloutGuard Read(string text)
    {
        var parts = text.Split('=', 2);
        var name = parts[0].Trim();
        var value = parts.Length == 2 ? parts[1].Trim() : null;
        if (!Names.Contains(name))
            throw new FormatException($"'{name}' is no guard: use {string.Join(", ", Names)}");
        if (name == Band) return ReadBand(value);
        if (value is null) return Default.First(g => g.Name == name);
        return Number(value) is { } ratio and >= 1 and <= MostTolerated ? new RolloutGuard(name, ratio)
            : throw new FormatException($"'{text}': write how many times as much is tolerated, 1 to {MostTolerated}, as in {name}=1.25");
    }

    private static RolloutGuard ReadBand(string? value) =>
        value?.Split("..") is [var from, var to] && Number(from) is { } low and >= 0 && Number(to) is { } high and <= 1
            && low < high
        ? new RolloutGuard(Band, Low: low, High: high)
        : throw new FormatException($"'{Band}={value}': write two shares of tickets, as in {Band}=0.15..0.35");

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;
}
