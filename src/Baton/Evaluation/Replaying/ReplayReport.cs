using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Evaluation.Replaying;

/// <summary>Decisions that changed in the same way.</summary>
/// <param name="By">What decides now, and what decided before.</param>
/// <param name="Tickets">All of them, by id.</param>
internal sealed record ReplayChange(
    string By, string ByBefore, Route From, Route To, IReadOnlyList<string> Tickets);

/// <summary>What another playbook would have changed, and what that is expected to cost or save.</summary>
internal sealed record ReplayReport
{
    private const int Seed = 23, Digits = 4;

    public required string Playbook { get; init; }

    /// <summary>Decisions of the time.</summary>
    public required int Decisions { get; init; }

    /// <summary>Those that were made again, and what they came to is known.</summary>
    public required int Replayed { get; init; }

    /// <summary>Those that policy has no word in, by why.</summary>
    public required IReadOnlyDictionary<string, int> Kept { get; init; }

    /// <summary>Those that nobody can say, by what the ledger lacks.</summary>
    public required IReadOnlyDictionary<string, int> Unknown { get; init; }

    /// <summary>Those for which the local tier had to read again.</summary>
    public required int ReadAgain { get; init; }

    /// <summary>Most frequent first. Where the route is the same, queue or priority changed.</summary>
    public required IReadOnlyList<ReplayChange> Changes { get; init; }

    /// <summary>Expected cost a decision, over those replayed.</summary>
    public required double CostBefore { get; init; }

    public required double CostAfter { get; init; }

    /// <summary>After less before; with 95 %, bootstrapped over tickets.</summary>
    public required Interval Difference { get; init; }

    public int Changed => Changes.Sum(c => c.Tickets.Count);

    public static ReplayReport Of(string playbook, IReadOnlyList<ReplayedDecision> decisions)
    {
        var known = decisions.Where(d => d.IsKnown).ToList();
        return new ReplayReport
        {
            Playbook = playbook, Decisions = decisions.Count, Replayed = known.Count,
            Kept = Counted(decisions.Select(d => d.Kept)), Unknown = Counted(decisions.Select(d => d.Now.Unknown)),
            ReadAgain = decisions.Count(d => d.Now.ReadAgain), Changes = ChangesOf(known),
            CostBefore = Mean(known, d => d.CostBefore), CostAfter = Mean(known, d => d.CostAfter),
            Difference = DifferenceOf(known),
        };
    }

    /// <summary>For machines.</summary>
    /// <param name="most">Ids of tickets a change, at most.</param>
    public JsonObject ToJson(int most) => new()
    {
        ["playbook"] = Playbook, ["decisions"] = Decisions, ["replayed"] = Replayed, ["changed"] = Changed,
        ["read_again"] = ReadAgain, ["kept"] = Object(Kept), ["unknown"] = Object(Unknown),
        ["changes"] = new JsonArray([.. Changes.Select(c => new JsonObject
        {
            ["by"] = c.By, ["by_before"] = c.ByBefore, ["from"] = EnumWords.Of(c.From), ["to"] = EnumWords.Of(c.To),
            ["decisions"] = c.Tickets.Count,
            ["tickets"] = new JsonArray([.. c.Tickets.Take(most).Select(t => JsonValue.Create(t))]),
        })]),
        ["expected_cost"] = new JsonObject
        {
            ["before"] = Rounded(CostBefore), ["after"] = Rounded(CostAfter),
            ["difference"] = Rounded(CostAfter - CostBefore), ["low"] = Rounded(Difference.Low),
            ["high"] = Rounded(Difference.High),
        },
    };

    private static List<ReplayChange> ChangesOf(List<ReplayedDecision> known) =>
    [
        .. known.Where(d => d.IsChanged)
            .GroupBy(d => (By: d.Now.DecidedBy, Before: d.Was.DecidedBy, From: d.Was.Route!.Value,
                To: d.Now.Route!.Value))
            .Select(g => new ReplayChange(
                g.Key.By, g.Key.Before, g.Key.From, g.Key.To, [.. g.Select(d => d.Ticket)]))
            .OrderByDescending(c => c.Tickets.Count).ThenBy(c => c.By, StringComparer.Ordinal)
            .ThenBy(c => c.ByBefore, StringComparer.Ordinal).ThenBy(c => c.To),
    ];

    /// <summary>Decisions of one ticket are not independent: tickets are drawn, and all of a ticket with it.</summary>
    private static Interval DifferenceOf(List<ReplayedDecision> known)
    {
        var tickets = known.GroupBy(d => d.Ticket)
            .Select(g => (Sum: g.Sum(d => d.CostAfter - d.CostBefore), Count: g.Count())).ToArray();
        if (tickets.All(t => t.Sum == 0)) return new Interval(0, 0);
        return Interval.Bootstrap(tickets.Length, drawn =>
        {
            var (sum, count) = (0.0, 0);
            foreach (var i in drawn) (sum, count) = (sum + tickets[i].Sum, count + tickets[i].Count);
            return sum / count;
        }, Seed);
    }

    private static double Mean(List<ReplayedDecision> known, Func<ReplayedDecision, double> cost) =>
        known.Count == 0 ? 0 : known.Average(cost);

    private static SortedDictionary<string, int> Counted(IEnumerable<string?> reasons) => new(
        reasons.OfType<string>().GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal);

    private static JsonObject Object(IReadOnlyDictionary<string, int> counts) =>
        new(counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));

    private static double Rounded(double value) => Math.Round(value, Digits);
}
