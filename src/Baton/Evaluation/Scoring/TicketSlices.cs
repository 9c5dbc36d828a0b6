using Baton.Conversations;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Evaluation.Scoring;

/// <summary>What tickets are grouped by, so that a drop in one group is not lost in the sum.</summary>
internal static class TicketSlices
{
    private const string None = "none";

    private static readonly string[] Tiers =
        [TierNames.Rules, TierNames.Local, TierNames.Commodity, TierNames.Reasoning];

    /// <summary>By name, the group of a ticket.</summary>
    public static readonly IReadOnlyDictionary<string, Func<EvaluatedTicket, string>> All =
        new Dictionary<string, Func<EvaluatedTicket, string>>
        {
            ["intent"] = t => Or(t.Judged.Expect.Intent),
            ["class"] = t => t.Judged.Decision.Triage is { } triage ? EnumWords.Of(triage.Class) : None,
            ["difficulty"] = t => t.IsHardest ? "hardest_tenth" : "rest",
            ["language"] = t => Or(t.Judged.Decision.Triage?.Language),
            ["channel"] = t => Or(t.Channel),
            ["tier"] = t => Or(t.Tier),
            ["decided_by"] = t => DecidedBy(t.Judged.Decision),
            ["kind"] = t => Or(t.Judged.Expect.Kind),
        };

    /// <summary>Whether a ticket is of a slice of a gate, such as <c>kind=lookup</c>; null means all.</summary>
    public static bool Has(string? slice, EvaluatedTicket ticket) => slice is null
        || (slice.Split('=', 2) is [var name, var group] && All.TryGetValue(name, out var of) && of(ticket) == group);

    /// <summary>
    /// The tenth that was read as hardest: by complexity, of equals by how unsure triage was. At least one of them.
    /// </summary>
    public static IReadOnlyList<EvaluatedTicket> Marked(IReadOnlyList<EvaluatedTicket> tickets)
    {
        var hardest = tickets.OrderByDescending(t => t.Judged.Decision.Complexity?.Score ?? 0)
            .ThenBy(t => t.Judged.Decision.Triage?.Confidence ?? 0).ThenBy(t => t.Judged.Id, StringComparer.Ordinal)
            .Take((tickets.Count + 9) / 10).Select(t => t.Judged.Id).ToHashSet();
        return [.. tickets.Select(t => t with { IsHardest = hardest.Contains(t.Judged.Id) })];
    }

    /// <summary>The strongest tier that a stage asked.</summary>
    public static string DecidedBy(Decision decision) =>
        decision.Stages.Select(s => s.Tier).Where(Tiers.Contains).MaxBy(t => Array.IndexOf(Tiers, t)) ?? Tiers[0];

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? None : text;
}
