using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;

namespace Baton.Incidents.Digesting;

/// <summary>A digest as JSON; the shape is in <c>docs/operating/digest.md</c>.</summary>
internal static class DigestJson
{
    public static JsonObject Of(DigestFacts facts) => new()
    {
        ["id"] = facts.Id, ["weekly"] = facts.IsWeekly, ["from"] = facts.Period.FromText, ["to"] = facts.Period.ToText,
        ["title"] = DigestLine.Title(facts), ["quiet"] = facts.IsQuiet,
        ["tickets"] = facts.Now.Count(TallyFigure.Ticket), ["answered"] = facts.Money.Answers,
        ["escalated"] = new JsonObject
        {
            ["n"] = facts.Escalated.Hits, ["share"] = facts.Escalated.Value, ["band_low"] = HealthyBand.Low,
            ["band_high"] = HealthyBand.High,
        },
        ["wrong_answers"] = facts.Now.Count(TallyFigure.WrongAnswer),
        ["spent_usd"] = facts.Money.Spent.Amount, ["saved_usd"] = facts.Saved.Amount,
        ["resolved"] = facts.Money.Resolved,
        ["promises"] = new JsonObject
        {
            ["kept"] = facts.Now.Count(TallyFigure.PromiseKept), ["broken"] = facts.Now.Count(TallyFigure.PromiseBroken),
        },
        ["breaches"] = new JsonObject(SlaMetric.All.Select(m =>
            KeyValuePair.Create(m, (JsonNode?)facts.Now.Count(TallyFigure.Breached(m))))),
        ["changes"] = new JsonArray([.. facts.Changes.Select(c => new JsonObject
        {
            ["at"] = c.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["kind"] = c.Kind, ["what"] = c.What,
        })]),
        ["gap"] = facts.Gap is not { } gap ? null : new JsonObject
        {
            ["near"] = gap.Near, ["tickets"] = gap.Tickets, ["deflects"] = gap.Deflects,
        },
        ["worth_reading"] = new JsonArray([.. facts.Tickets.Select(t => new JsonObject
        {
            ["ticket"] = t.Ticket, ["rule"] = t.Rule, ["why"] = t.Why,
        })]),
        ["break_even"] = facts.Provisioned is not { } even ? null : Crossed(even.ToJson(), facts.IsCrossed),
        ["days"] = new JsonArray([.. facts.Days.Select(d => new JsonObject
        {
            ["day"] = InsightPeriod.Text(d.Day), ["answered"] = d.Answered, ["handed_over"] = d.HandedOver,
        })]),
    };

    /// <summary>What came of sending.</summary>
    public static JsonObject Of(DigestSent sent) => new()
    {
        ["id"] = sent.Id, ["to"] = new JsonArray([.. sent.To.Select(t => (JsonNode)t)]),
        ["sent_before"] = sent.SentBefore?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    private static JsonObject Crossed(JsonObject even, bool crossed)
    {
        even["crossed"] = crossed;
        return even;
    }
}
