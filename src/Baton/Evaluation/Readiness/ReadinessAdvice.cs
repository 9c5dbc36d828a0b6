using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Evaluation.Metrics;

namespace Baton.Evaluation.Readiness;

/// <summary>Whether a team should use Baton at all, and how: published bars applied to its history.</summary>
/// <param name="Reasons">Why not; empty when it should.</param>
/// <param name="Notes">What to know besides.</param>
/// <param name="Build">Buy, extend or build.</param>
/// <param name="Answered">What a run over the history would have answered; null when none was made.</param>
internal sealed record ReadinessAdvice(
    HistoryFacts Facts, IReadOnlyList<string> Reasons, IReadOnlyList<string> Notes, string Build, Rate? Answered)
{
    private const double FewestPerDay = 50, ShinesPerDay = 200, BuyBelow = 500, CustomFrom = 2_000;

    private const double FewestMonths = 6, RulesEnough = 0.95, OnlyLive = 0.95, MuchRegulated = 0.05;

    private const double DeflectionLeast = 0.45;

    /// <summary>Six weeks, each with the gate that lets the next begin.</summary>
    public static readonly IReadOnlyList<(string Week, string Gate)> Weeks =
    [
        ("1 taxonomy of intents, escalation policy", "both signed off by the people who answer today"),
        ("2 200 tickets labelled as golden set", "gates at 0.85 live, weekly run armed: baton eval gate"),
        ("3 lookups and articles on staging", "first full run passes"),
        ("4 tools", "tool success at first attempt at least 90 %, hallucination at most 3 %"),
        ("5 operations", "kill-switch drill under 60 s, audit writing"),
        ("6 soak at 5 % of one intent class and one channel",
            "deflection at least 50 %, P95 at most 2 s and 4 s, CSAT no lower than before; under 45 % the classifier first"),
    ];

    public bool IsYes => Reasons.Count == 0;

    public static ReadinessAdvice Of(HistoryFacts facts, Rate? answered = null)
    {
        var (reasons, notes) = (new List<string>(), new List<string>());
        if (facts.PerDay < FewestPerDay) reasons.Add(Say($"{facts.PerDay:0.#} tickets a day: below {FewestPerDay:0}, people are cheaper"));
        else if (facts.PerDay < ShinesPerDay)
            notes.Add(Say($"{facts.PerDay:0} tickets a day: it shines from {ShinesPerDay:0}"));
        if (facts.Tiers < 2) reasons.Add("one tier of customers: there is nothing to route between");
        if (facts.MonthsOfLabels < FewestMonths)
            reasons.Add(Say($"{facts.MonthsOfLabels:0.#} months of labelled history: {FewestMonths:0} are the least to learn from"));
        if (facts.Rules is { } rules)
        {
            if (rules.Share >= RulesEnough)
                reasons.Add($"simple rules route {Share(rules)} as people did: at 95 % a model adds nothing");
            else if (rules.Interval!.Value.High >= RulesEnough)
                notes.Add($"simple rules route {Share(rules)} as people did: 95 % is not excluded");
        }
        else notes.Add("too few labels to say what rules alone would route");
        if (facts.LiveChannels.Share >= OnlyLive)
            reasons.Add($"{Share(facts.LiveChannels)} comes over live channels, where nothing can be checked before it is said");
        if (facts.Regulated.Share >= MuchRegulated)
            notes.Add($"{Share(facts.Regulated)} sounds regulated (health, cards, audits): private models only");
        if (answered is { Of: > 0 } projected && projected.Interval!.Value.High < DeflectionLeast)
            notes.Add($"a run over the history answers {Share(projected)}, under {DeflectionLeast:P0}: rework intents and articles first");
        return new ReadinessAdvice(facts, reasons, notes, BuildOf(facts), answered);
    }

    public JsonObject ToJson() => new()
    {
        ["verdict"] = IsYes ? "yes" : "no", ["reasons"] = Texts(Reasons), ["notes"] = Texts(Notes), ["build_or_buy"] = Build,
        ["tickets"] = Facts.Tickets, ["per_day"] = Math.Round(Facts.PerDay, 2), ["tiers"] = Facts.Tiers,
        ["months_of_labels"] = Math.Round(Facts.MonthsOfLabels, 2), ["rules_right"] = Json(Facts.Rules),
        ["live_channels"] = Json(Facts.LiveChannels), ["regulated"] = Json(Facts.Regulated),
        ["answered_projected"] = Json(Answered),
        ["before"] = new JsonObject
        {
            ["false_escalations"] = Json(Facts.Before.FalseEscalations), ["rerouted"] = Json(Facts.Before.Rerouted),
            ["first_reply_minutes_median"] = double.IsNaN(Facts.Before.MedianFirstReplyMinutes) ? null
                : Math.Round(Facts.Before.MedianFirstReplyMinutes, 1),
            ["satisfied"] = Json(Facts.Before.Satisfied),
        },
        ["weeks"] = new JsonArray([.. Weeks.Select(w => new JsonObject { ["week"] = w.Week, ["gate"] = w.Gate })]),
    };

    /// <summary>A share with its interval: <c>81.0 % (79.1 to 82.8)</c>.</summary>
    public static string Share(Rate rate) => rate.Interval is not { } interval ? "none"
        : Say($"{100 * rate.Share:0.0} % ({100 * interval.Low:0.0} to {100 * interval.High:0.0})");

    private static string BuildOf(HistoryFacts facts) =>
        facts.Regulated.Share >= MuchRegulated ? "regulated content: build on private models, or Baton with local models only"
        : facts.PerDay < BuyBelow ? "under 500 a day with standard intents: buy; a build of your own pays back after 18 months or more"
        : facts.PerDay < CustomFrom ? "500 to 2,000 a day: a product with a thin layer of your own intents and tools"
        : "over 2,000 a day: with eight or more regulated tool calls build your own, else a product with your layer";

    private static JsonNode? Json(Rate? rate) => rate is not { Interval: { } interval } known ? null
        : new JsonObject
        {
            ["value"] = Math.Round(known.Share, 4), ["low"] = Math.Round(interval.Low, 4),
            ["high"] = Math.Round(interval.High, 4), ["n"] = known.Of,
        };

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
