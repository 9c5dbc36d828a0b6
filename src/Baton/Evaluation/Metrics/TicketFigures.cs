using System.Text.Json.Nodes;

namespace Baton.Evaluation.Metrics;

/// <summary>The figures of a run over labelled tickets, each with its Wilson interval.</summary>
public sealed class TicketFigures
{
    private readonly List<(string Name, Rate Rate)> _rates = [];

    public TicketFigures(IReadOnlyList<JudgedTicket> tickets)
    {
        Tickets = tickets;
        var answered = Among(t => t.Got == "answer");
        var (due, asked, persons) =
            (Among(t => t.Due == "answer"), Among(t => t.Got == "ask"), Among(t => t.Due == "person"));
        var (known, scored) = (Among(t => t.FromArticles), Among(t => t.HasIntent));
        Add("good_in_all", tickets, t => t.Good);
        Add("answered", tickets, t => t.Got == "answer");
        Add("of_answered_right", answered, t => t.Answer == AnswerVerdict.Right);
        Add("of_answered_partial", answered, t => t.Answer == AnswerVerdict.Partial);
        Add("of_answered_wrong", answered, t => t.Answer == AnswerVerdict.Wrong);
        Add("of_answered_should_not", answered, t => t.Answer == AnswerVerdict.ShouldNot);
        Add("answerable_answered_right", due, t => t.Answer == AnswerVerdict.Right);
        Add("right_section_in_reply_or_offers", known, t => t.SectionShown);
        Add("all_facts_in_reply_or_offers", [.. known.Where(t => t.Expect.MustSay.Count > 0)], t => t.FactsShown);
        Add("answered_though_person_due", persons, t => t.Answer == AnswerVerdict.ShouldNot);
        Add("escalated_though_answerable", due, t => t.Got == "person" && !t.Ok);
        Add("asked_when_due", Among(t => t.Due == "ask"), t => t.Got == "ask");
        Add("asked_in_vain", asked, t => !t.Ok);
        Add("person_due_reached_one", persons, t => t.Got == "person");
        Add("intent_strict", scored, t => t.IntentIsStrict);
        Add("intent_lenient", scored, t => t.IntentIsLenient);
        Add("route_of_persons", [.. persons.Where(t => t.Got == "person")], t => t.RouteIsRight);
        EscalatedReasons = [.. due.Where(t => t.Got == "person" && !t.Ok).CountBy(t => t.Reason)
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

    private IReadOnlyList<JudgedTicket> Among(Func<JudgedTicket, bool> which) => [.. Tickets.Where(which)];

    private void Add(string name, IReadOnlyList<JudgedTicket> among, Func<JudgedTicket, bool> hit) =>
        _rates.Add((name, new Rate(among.Count(hit), among.Count)));

    private static JsonArray Json(Rate rate) => rate.Interval is not { } interval ? [0, 0, null, null, null]
        : [rate.Hits, rate.Of, Rounded(rate.Share), Rounded(interval.Low), Rounded(interval.High)];

    private static double Rounded(double share) => Math.Round(share, 3);
}
