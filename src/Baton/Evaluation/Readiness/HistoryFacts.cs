using Baton.Evaluation.Metrics;

namespace Baton.Evaluation.Readiness;

/// <summary>What a history says of a team, before any advice.</summary>
internal sealed record HistoryFacts
{
    private const int RouterTickets = 4_000, Seed = 5;

    /// <summary>Of a month, for spans of time.</summary>
    private const double DaysOfMonth = 30.44;

    private static readonly HashSet<string> Live =
        ["voice", "phone", "call", "chat", "live_chat", "livechat", "sms_live", "web_call"];

    /// <summary>Words of health, payment cards and audits that come with a duty of care.</summary>
    private static readonly string[] RegulatedWords =
    [
        "hipaa", "patient", "diagnosis", "prescription", "medical record", "soc 2", "soc2", "pci dss", "social security",
        "health insurance", "phi ",
    ];

    public required int Tickets { get; init; }

    public required double PerDay { get; init; }

    public required int Tiers { get; init; }

    /// <summary>Between the first and the last ticket whose final route is known.</summary>
    public required double MonthsOfLabels { get; init; }

    /// <summary>What rules alone get right; null with too few labels or one route.</summary>
    public required Rate? Rules { get; init; }

    public required Rate LiveChannels { get; init; }

    public required Rate Regulated { get; init; }

    /// <summary>What was before, to hold every later figure against.</summary>
    public required Baseline Before { get; init; }

    public static HistoryFacts Of(IReadOnlyList<PastLine> lines)
    {
        var labelled = lines.Where(l => l is { FinalRoute: not null, Text.Length: > 0 }).ToList();
        return new HistoryFacts
        {
            Tickets = lines.Count, PerDay = PerDayOf(lines),
            Tiers = Math.Max(1, lines.Select(l => l.Tier).OfType<string>().Distinct().Count()),
            MonthsOfLabels = Days(labelled) / DaysOfMonth,
            Rules = labelled.Select(l => l.FinalRoute).Distinct().Count() < 2 || labelled.Count < 100 ? null
                : RuleRouter.CrossValidated([.. Spread(labelled).Select(l => (l.Text, l.FinalRoute!))], Seed),
            LiveChannels = new Rate(lines.Count(l => Live.Contains(l.Channel.ToLowerInvariant())), lines.Count),
            Regulated = new Rate(lines.Count(l => RegulatedWords.Any(
                w => l.Text.Contains(w, StringComparison.OrdinalIgnoreCase))), lines.Count),
            Before = Baseline.Of(lines),
        };
    }

    /// <summary>Evenly over the whole time, where there are more than are needed.</summary>
    private static IEnumerable<PastLine> Spread(List<PastLine> labelled)
    {
        var step = Math.Max(1.0, labelled.Count / (double)RouterTickets);
        for (double i = 0; i < labelled.Count; i += step) yield return labelled[(int)i];
    }

    private static double PerDayOf(IReadOnlyList<PastLine> lines) =>
        Days(lines) is > 0 and var days ? lines.Count / Math.Max(1, days) : lines.Count;

    private static double Days(IReadOnlyList<PastLine> lines)
    {
        var times = lines.Select(l => l.At).OfType<DateTimeOffset>().ToList();
        return times.Count < 2 ? 0 : (times.Max() - times.Min()).TotalDays;
    }
}

/// <summary>How it was before: stays beside every later figure.</summary>
/// <param name="FalseEscalations">Of tickets that rules sent above the first line, those that the first line solved.</param>
/// <param name="Rerouted">Of tickets with both routes, those that people took elsewhere.</param>
/// <param name="MedianFirstReplyMinutes">Not a number where no reply is known.</param>
/// <param name="Satisfied">Of rated ones.</param>
internal sealed record Baseline(Rate FalseEscalations, Rate Rerouted, double MedianFirstReplyMinutes, Rate Satisfied)
{
    private static readonly string[] Above = ["l2", "l3", "human_now"], FirstLine = ["l1", "auto", "ask"];

    public static Baseline Of(IReadOnlyList<PastLine> lines)
    {
        var both = lines.Where(l => l is { RuleRoute: not null, FinalRoute: not null }).ToList();
        var escalated = both.Where(l => Above.Contains(l.RuleRoute)).ToList();
        var replies = lines.Select(l => l.FirstReplyMinutes).OfType<double>().Order().ToList();
        var rated = lines.Where(l => l.Stars is not null).ToList();
        return new Baseline(
            new Rate(escalated.Count(l => FirstLine.Contains(l.FinalRoute)), escalated.Count),
            new Rate(both.Count(l => l.RuleRoute != l.FinalRoute), both.Count),
            replies.Count == 0 ? double.NaN : replies[replies.Count / 2],
            new Rate(rated.Count(l => l.Stars >= Conversations.Verdicts.Ratings.Satisfied), rated.Count));
    }
}
