using Baton.Conversations.Findings;
using Baton.Insights.Board;
using Spectre.Console;

namespace Baton.Server.Cli.Deciding;

/// <summary>The summary of <c>baton run</c>: routes, intents, escalation rate, low confidence, speed.</summary>
internal static class RunSummary
{
    private const double Floor = 0.70;

    /// <summary>Prints the figures of a run.</summary>
    public static void Print(BatchResult result, IEnumerable<DecidedTicket> decisions)
    {
        var routes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var intents = new Dictionary<string, int>();
        int all = 0, escalated = 0, low = 0, silent = 0;
        foreach (var decision in decisions)
        {
            all++;
            Count(routes, decision.Route);
            Count(intents, decision.Intent ?? TriageReading.None);
            if (decision.Outcome is "escalated") escalated++;
            if (decision.Outcome is "silent") silent++;
            if (decision.Confidence < Floor) low++;
        }
        var unreadable = result.Unreadable.Count - result.Refused;
        if (all == 0)
        {
            AnsiConsole.MarkupLine($"No ticket was decided; {unreadable} lines could not be read.");
            return;
        }
        AnsiConsole.Write(Table(routes, intents, all));
        var rate = (double)escalated / all;
        var seconds = Math.Max(0.001, result.Elapsed.TotalSeconds);
        AnsiConsole.WriteLine(
            $"tickets        {all} ({result.Accepted} new, {result.Known} known before, {unreadable} unreadable lines)");
        if (result.Refused > 0)
            AnsiConsole.WriteLine(
                $"refused        {result.Refused} lines: their id came before with other content; nothing of them was stored");
        AnsiConsole.WriteLine($"escalated      {rate:P1}, {HealthyBand.Words(rate)}");
        if (silent > 0) AnsiConsole.WriteLine(
            $"silent         {(double)silent / all:P1}: automatic mail, or a person has answered");
        AnsiConsole.WriteLine($"low confidence {(double)low / all:P1} under {Floor:0.00}");
        AnsiConsole.WriteLine(
            $"speed          {result.Accepted / seconds:N0} tickets/s in {result.Elapsed.TotalSeconds:0.0} s");
    }

    private static Table Table(SortedDictionary<string, int> routes, Dictionary<string, int> intents, int all)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("route", "tickets", "share", "", "intent", "tickets");
        var left = routes.ToList();
        var right = intents.OrderByDescending(i => i.Value).ThenBy(i => i.Key, StringComparer.Ordinal).Take(12)
            .ToList();
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var route = i < left.Count ? left[i] : default;
            var intent = i < right.Count ? right[i] : default;
            table.AddRow(
                route.Key ?? "", route.Key is null ? "" : route.Value.ToString(),
                route.Key is null ? "" : $"{(double)route.Value / all:P1}", "",
                Markup.Escape(TerminalText.Clean(intent.Key ?? "")), intent.Key is null ? "" : intent.Value.ToString());
        }
        return table;
    }

    private static void Count(IDictionary<string, int> counts, string key) =>
        counts[key] = counts.TryGetValue(key, out var n) ? n + 1 : 1;
}
