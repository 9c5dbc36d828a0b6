using System.Globalization;
using System.Xml.Linq;
using Baton.Evaluation.Gates;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;

namespace Baton.Evaluation.Reports;

/// <summary>
/// A run as JUnit XML, which continuous integration reads: a test for each ticket and each gate. A gate without enough
/// data is skipped. Nothing that customers wrote is in it.
/// </summary>
internal static class JUnitReport
{
    public static string Of(EvaluationRun run, IReadOnlyList<GateOutcome> gates)
    {
        var tickets = run.Tickets.Select(t => Case(
            run.Set, t.Ticket.Judged.Id, t.Ticket.Judged.Decision.LatencyMs, t.Good == run.Runs ? null
                : new XElement("failure", new XAttribute("message", Clean(Why(t, run.Runs))))));
        var suites = new List<XElement> { Suite(run.Set, tickets) };
        if (gates.Count > 0)
            suites.Add(Suite("gates", gates.Select(gate => Case("gates", gate.Name, 0, gate.Verdict switch
            {
                GateVerdictKind.Pass => null,
                GateVerdictKind.Fail => new XElement("failure", new XAttribute("message", Clean(gate.Why))),
                _ => new XElement("skipped", new XAttribute("message", Clean(gate.Why))),
            }))));
        return new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement("testsuites", suites)).ToString();
    }

    private static XElement Suite(string name, IEnumerable<XElement> cases)
    {
        var list = cases.ToList();
        return new XElement("testsuite", new XAttribute("name", Clean(name)), new XAttribute("tests", list.Count),
            new XAttribute("failures", list.Count(c => c.Element("failure") is not null)),
            new XAttribute("skipped", list.Count(c => c.Element("skipped") is not null)),
            new XAttribute("errors", 0), list);
    }

    private static XElement Case(string of, string name, double latencyMs, XElement? result) => new(
        "testcase", new XAttribute("classname", Clean(of)), new XAttribute("name", Clean(name)),
        new XAttribute("time", (latencyMs / 1000).ToString("0.######", CultureInfo.InvariantCulture)), result);

    private static string Why(ScoredTicket ticket, int runs)
    {
        var judged = ticket.Ticket.Judged;
        return $"due {judged.Due}, got {judged.Got}"
            + (judged.Answer is AnswerVerdict.None or AnswerVerdict.Right ? ""
                : $" ({EnumWords.Of(judged.Answer)})")
            + (runs > 1 ? $", right in {ticket.Good} of {runs} runs" : "") + $": {judged.Reason}";
    }

    /// <summary>XML 1.0 has no control characters, not even escaped.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Select(c => System.Xml.XmlConvert.IsXmlChar(c) ? c : ' '));
}
