using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Conversations.Tallies;
using Baton.Playbooks;

namespace Baton.Insights;

/// <summary>The overview for programs: JSON, and the same values as lines of a CSV file.</summary>
internal static class OverviewJson
{
    private const int Decimals = 4;

    public static JsonObject Of(Overview overview) => new()
    {
        ["tickets"] = overview.Count(TallyFigure.Ticket),
        ["by_route"] = new JsonObject(overview.ByRoute.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))),
        ["deflection"] = new JsonObject(Enum.GetValues<ResolutionState>().Select(r =>
            KeyValuePair.Create(TallyFigure.Of(r), (JsonNode?)overview.Count(TallyFigure.Of(r))))),
        ["override_rate"] = Share(overview.Rate(TallyFigure.Overridden, TallyFigure.Judged)),
        ["low_confidence"] = overview.Count(TallyFigure.LowConfidence),
        ["escalation_rate"] = Share(overview.Rate(TallyFigure.Escalated, TallyFigure.Ticket)),
        ["escalations_unneeded"] = Share(overview.Rate(TallyFigure.Unneeded, TallyFigure.HandedOver)),
        ["csat"] = Share(overview.Rate(TallyFigure.Satisfied, TallyFigure.Rated)),
        ["sla"] = new JsonObject(SlaMetric.All.Select(m => KeyValuePair.Create(m, (JsonNode?)new JsonObject
        {
            ["met"] = overview.Count(TallyFigure.Met(m)), ["breached"] = overview.Count(TallyFigure.Breached(m)),
        }))),
        ["promises"] = new JsonObject
        {
            ["kept"] = overview.Count(TallyFigure.PromiseKept), ["broken"] = overview.Count(TallyFigure.PromiseBroken),
        },
    };

    /// <summary>A line for each value; its name is the path in the JSON.</summary>
    public static string Csv(Overview overview)
    {
        var text = new StringBuilder("from,to,figure,value\r\n");
        foreach (var (name, value) in Lines("", Of(overview)))
            text.Append(CultureInfo.InvariantCulture,
                $"{overview.Period.FromText},{overview.Period.ToText},{name},{value}\r\n");
        return text.ToString();
    }

    private static JsonNode? Share(InsightRate rate) => rate.Value is { } share ? Math.Round(share, Decimals) : null;

    private static IEnumerable<(string Name, string Value)> Lines(string path, JsonNode? node) =>
        node is JsonObject json
        ? json.SelectMany(p => Lines(path.Length == 0 ? p.Key : $"{path}.{p.Key}", p.Value))
        : [(path, node?.ToJsonString() ?? "")];
}
