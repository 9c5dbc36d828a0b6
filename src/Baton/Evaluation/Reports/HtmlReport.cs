using System.Globalization;
using System.Net;
using System.Text;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;

namespace Baton.Evaluation.Reports;

/// <summary>A run as one page that needs nothing beside it. Nothing that customers wrote is in it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%;margin:1rem 0}.cut{overflow-x:auto}
        th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8886;vertical-align:top}
        .fail{font-weight:700}small{opacity:.8}
        """;

    public static string Of(EvaluationRun run, IReadOnlyList<GateOutcome> gates)
    {
        var page = new StringBuilder($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(run.Set)}</title><style>{Style}</style></head><body>
            <h1>{Text(run.Set)}</h1>
            <p>{run.Tickets.Count} tickets, {run.Runs} run(s), playbook <code>{Text(run.Playbook)}</code>. Intervals are 95 %.</p>

            """);
        if (gates.Count > 0) Gates(page, gates);
        Metrics(page, run);
        Slices(page, run);
        Missed(page, run);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Gates(StringBuilder page, IReadOnlyList<GateOutcome> gates) => Table(
        page, "Gates", ["gate", "verdict", "why"], gates.Select(g => new[]
        {
            Text(g.Name), $"<span class=\"{EnumWords.Of(g.Verdict)}\">"
                + $"{EnumWords.Of(g.Verdict)}</span>", Text(g.Why),
        }));

    private static void Metrics(StringBuilder page, EvaluationRun run) => Table(
        page, "Metrics", ["metric", "value", "interval", "tickets", "counted"],
        run.Metrics.Select(m => Row(m.Name, run.Of(m), m.Counted))
            .Concat(Enumerable.Range(1, run.Runs).Where(_ => run.Runs > 1)
                .Select(k => Row($"pass^{k}", run.Pass(k), $"all: right {k} times of {k}"))));

    private static void Slices(StringBuilder page, EvaluationRun run)
    {
        string[] shown = ["good_in_all", "answered_share", "wrong_answers", "expected_cost_usd"];
        Table(page, "Slices", ["slice", "tickets", "good", "answered", "wrong answers", "expected cost"],
            run.Slices().Select(s => (string[])
            [
                Text($"{s.Slice} = {s.Group}"), s.Tickets.ToString(CultureInfo.InvariantCulture),
                .. shown.Select(name => s.Values.Where(v => v.Metric.Name == name).Select(v => Shown(v.Value))
                    .FirstOrDefault("–")),
            ]));
    }

    private static void Missed(StringBuilder page, EvaluationRun run) => Table(
        page, "Tickets that did not come out well", ["ticket", "kind", "due", "got", "answer", "reason"],
        run.Tickets.Where(t => t.Good < run.Runs).Select(t => t.Ticket.Judged).Select(j => new[]
        {
            Text(j.Id), Text(j.Expect.Kind), Text(j.Due), Text(j.Got),
            j.Answer == AnswerVerdict.None ? "" : Text(EnumWords.Of(j.Answer)), Text(j.Reason),
        }));

    private static string[] Row(string name, MetricValue value, string counted) =>
    [
        Text(name), Number(value.Value), $"{Number(value.Interval.Low)} – {Number(value.Interval.High)}",
        $"{value.N}" + (value.Undefined > 0 ? $" <small>({value.Undefined} left out)</small>" : ""),
        $"<small>{Text(counted)}</small>",
    ];

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append($"<h2>{title}</h2><div class=\"cut\"><table><thead><tr>");
        foreach (var head in heads) page.Append($"<th scope=\"col\">{head}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static string Shown(MetricValue value) => $"{Number(value.Value)} <small>n={value.N}</small>";

    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
