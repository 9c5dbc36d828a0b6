using System.Text.Json.Nodes;

namespace Baton.Evaluation.Metrics;

/// <summary>The figures of a run over labelled tickets, each with its Wilson interval.</summary>
public sealed class TicketFigures
{
    private readonly List<(string Name, Rate Rate)> _rates = [];

    public TicketFigures(IReadOnlyList<JudgedTicket> tickets)
    {
        Tickets = tickets;
        foreach (var rate in TicketRate.Printed)
        {
            var among = tickets.Where(rate.Among).ToList();
            _rates.Add((rate.Name, new Rate(among.Count(rate.Hit), among.Count)));
        }
        EscalatedReasons = [.. tickets.Where(t => t.Due == "answer" && t.Got == "person" && !t.Ok).CountBy(t => t.Reason)
            .OrderByDescending(r => r.Value)];
    }

    public IReadOnlyList<JudgedTicket> Tickets { get; }

    /// <summary>By name, in the order they are printed.</summary>
    public IReadOnlyList<(string Name, Rate Rate)> Rates => _rates;

    /// <summary>Why answerable tickets went to people, most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> EscalatedReasons { get; }

    /// <summary>How many of a kind came out well, and how many were answered.</summary>
    public IEnumerable<(string Kind, Rate Good, Rate Answered)> ByKind() => Tickets.GroupBy(t => t.Expect.Kind)
        .OrderByDescending(g => g.Count()).Select(g => (
            g.Key, new Rate(g.Count(t => t.Good), g.Count()), new Rate(g.Count(t => t.Got == "answer"), g.Count())));

    /// <summary>The rate of that name.</summary>
    public Rate this[string name] => _rates.First(r => r.Name == name).Rate;

    /// <summary>For machines: a rate is <c>[hits, of, share, low, high]</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["tickets"] = Tickets.Count };
        foreach (var (name, rate) in _rates) json[name] = Json(rate);
        json["escalated_reasons"] = new JsonObject(
            EscalatedReasons.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value)));
        json["by_kind"] = new JsonObject(ByKind().Select(k => KeyValuePair.Create(
            k.Kind, (JsonNode?)new JsonObject { ["good"] = Json(k.Good), ["answered"] = Json(k.Answered) })));
        return json;
    }

    private static JsonArray Json(Rate rate) => rate.Interval is not { } interval ? [0, 0, null, null, null]
        : [rate.Hits, rate.Of, Rounded(rate.Share), Rounded(interval.Low), Rounded(interval.High)];

    private static double Rounded(double share) => Math.Round(share, 3);
}
