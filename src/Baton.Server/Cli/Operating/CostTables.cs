using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Server.Costs;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary>Cost figures as tables in the terminal.</summary>
internal static class CostTables
{
    public static void Print(CostFigures figures, IReadOnlyList<CostLine> lines, string by, int top)
    {
        var report = figures.Report;
        var table = new Table().Border(TableBorder.Simple).AddColumns(by, "calls", "tokens", "USD", "saved by cache");
        foreach (var line in lines.Take(top))
        {
            table.AddRow(Markup.Escape(line.Name), $"{line.Calls:N0}", $"{line.Tokens:N0}", $"{line.Cost.Amount:N6}",
                $"{line.Saved.Amount:N6}");
        }
        AnsiConsole.Write(table);
        if (lines.Count > top) Console.WriteLine($"and {lines.Count - top:N0} more; see --top");
        Console.WriteLine($"total {report.Total} USD in {report.Calls:N0} calls; the cache saved {report.Saved}; "
            + $"{report.EstimatedShare:P1} rests on estimated tokens");
        Console.WriteLine($"per ticket: p50 {report.TicketPercentile(0.5)}, p95 {report.TicketPercentile(0.95)}, "
            + $"p99 {report.TicketPercentile(0.99)}, of {report.PerTicket.Count:N0} tickets");
        if (figures.Budgets.Count > 0) PrintBudgets(figures);
    }

    private static void PrintBudgets(CostFigures figures)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("budget for", "per", "limit USD", "spent USD", "share", "used up at this rate");
        foreach (var burn in figures.Budgets)
        {
            table.AddRow(Markup.Escape(figures.Subject(burn)), EnumWords.Of(burn.Period), $"{burn.Limit}",
                $"{burn.Spent}",
                $"{burn.Share:P1}", Forecast(burn));
        }
        AnsiConsole.Write(table);
    }

    private static string Forecast(BudgetBurn burn) => burn switch
    {
        { Share: >= 1 } => "it is used up",
        { ExhaustedAt: { } at } => $"{at:yyyy-MM-dd HH:mm} UTC",
        _ => $"not before {burn.End:yyyy-MM-dd}",
    };
}
