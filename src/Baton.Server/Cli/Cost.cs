using System.CommandLine;
using System.Text.Json;
using Baton.Evaluation;
using Baton.Gateway.Money;
using Spectre.Console;

namespace Baton.Server.Cli;

/// <summary><c>baton cost …</c>: what models cost, what they will cost, and when a fixed price would be cheaper.</summary>
internal static class Cost
{
    private static readonly Option<int> Days = new("--days")
    {
        Description = "How many days to look back.", DefaultValueFactory = _ => 30,
    };

    public static Command Command() => new("cost", "What models cost, from the receipts.")
    {
        Report(), Project(), Provisioned(),
    };

    private static Command Report()
    {
        var by = new Option<string>("--by")
        {
            Description = $"Cut by {string.Join(", ", CostReport.Cuts)} or tag:NAME (such as tag:intent).",
            DefaultValueFactory = _ => "day",
        };
        var top = new Option<int>("--top") { Description = "Most lines to print.", DefaultValueFactory = _ => 50 };
        var command = new Command("report", "Cost by day, stage, model, tier, customer, key or tag, and per ticket.")
        {
            DatabaseFile.Option, Days, by, top, Measure.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var (report, _) = await Read(arguments);
            var lines = Lines(report, arguments.GetValue(by)!).Take(arguments.GetValue(top)).ToList();
            if (arguments.GetValue(Measure.Json)) Print(Json(report, lines));
            else PrintTables(report, lines, arguments.GetValue(by)!);
            return 0;
        }));
        return command;
    }

    private static Command Project()
    {
        var perDay = new Option<int>("--per-day") { Description = "Tickets per day.", Required = true };
        var command = new Command("project", "Monthly cost of so many tickets a day, from the measured mix.")
        {
            DatabaseFile.Option, Days, perDay, Measure.Seed, Measure.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var (report, _) = await Read(arguments);
            var tickets = report.PerTicket.Select(c => (double)c.Amount).ToArray();
            if (tickets.Length == 0) throw new CliError("no receipt of these days belongs to a ticket; nothing to project");
            var perMonth = arguments.GetValue(perDay) * CostForecast.DaysPerMonth;
            // Resampling tickets keeps the tail in, which a mean ± deviation of a skewed cost would not.
            var interval = Interval.Bootstrap(
                tickets.Length, picks => picks.Average(i => tickets[i]), arguments.GetValue(Measure.Seed));
            var result = new
            {
                tickets_measured = tickets.Length,
                usd_per_ticket = tickets.Average(),
                usd_per_month = tickets.Average() * perMonth,
                usd_per_month_low = interval.Low * perMonth,
                usd_per_month_high = interval.High * perMonth,
            };
            if (arguments.GetValue(Measure.Json)) Print(result);
            else
            {
                Console.WriteLine($"{result.usd_per_month:N2} USD per month "
                    + $"(95 %: {result.usd_per_month_low:N2} – {result.usd_per_month_high:N2}), "
                    + $"{result.usd_per_ticket:0.######} per ticket, measured on {result.tickets_measured:N0} tickets");
            }
            return 0;
        }));
        return command;
    }

    private static Command Provisioned()
    {
        var monthly = new Option<decimal>("--monthly-cost") { Description = "Fixed price per month, USD.", Required = true };
        var command = new Command("provisioned", "When a fixed monthly price beats paying by token.")
        {
            DatabaseFile.Option, Days, monthly, Measure.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var (report, days) = await Read(arguments);
            if (report.Tokens == 0) throw new CliError("no tokens in these days; nothing to compare");
            var perThousand = report.Total * (1000m / report.Tokens);
            var used = report.Tokens / (decimal)days * (decimal)CostForecast.DaysPerMonth;
            var even = CostForecast.BreakEvenTokens(new Playbooks.Usd(arguments.GetValue(monthly)), perThousand);
            var result = new
            {
                usd_per_1000_tokens = perThousand.Amount,
                tokens_per_month = used,
                pay_as_you_go_usd = used / 1000m * perThousand.Amount,
                provisioned_usd = arguments.GetValue(monthly),
                break_even_tokens_per_month = even,
                cheaper = used > even ? "provisioned" : "pay as you go",
            };
            if (arguments.GetValue(Measure.Json)) Print(result);
            else
            {
                Console.WriteLine($"break-even at {even:N0} tokens a month; you use {used:N0} "
                    + $"({result.pay_as_you_go_usd:N2} USD): {result.cheaper} is cheaper");
            }
            return 0;
        }));
        return command;
    }

    private static async Task<(CostReport Report, int Days)> Read(ParseResult arguments)
    {
        var days = arguments.GetValue(Days);
        if (days is < 1 or > 3660) throw new CliError($"--days {days}: choose 1 to 3660");
        await using var database = DatabaseFile.Open(arguments);
        var now = TimeProvider.System.GetUtcNow();
        var receipts = database.Read(c => ReceiptStore.Between(c, now.AddDays(-days), now.AddDays(1)));
        return (new CostReport(receipts), days);
    }

    private static IReadOnlyList<CostLine> Lines(CostReport report, string by)
    {
        try
        {
            return report.By(by);
        }
        catch (ArgumentException error)
        {
            throw new CliError($"--by: {error.Message}");
        }
    }

    private static void PrintTables(CostReport report, IReadOnlyList<CostLine> lines, string by)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(by, "calls", "tokens", "USD", "saved by cache");
        foreach (var line in lines)
        {
            table.AddRow(Markup.Escape(line.Name), $"{line.Calls:N0}", $"{line.Tokens:N0}", $"{line.Cost.Amount:N6}",
                $"{line.Saved.Amount:N6}");
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"total {report.Total} USD in {report.Calls:N0} calls; the cache saved {report.Saved}; "
            + $"{report.EstimatedShare:P1} rests on estimated tokens");
        Console.WriteLine($"per ticket: p50 {report.TicketPercentile(0.5)}, p95 {report.TicketPercentile(0.95)}, "
            + $"p99 {report.TicketPercentile(0.99)}, of {report.PerTicket.Count:N0} tickets");
    }

    private static object Json(CostReport report, IReadOnlyList<CostLine> lines) => new
    {
        total_usd = report.Total.Amount,
        calls = report.Calls,
        tokens = report.Tokens,
        saved_usd = report.Saved.Amount,
        estimated_share = report.EstimatedShare,
        per_ticket_usd = new
        {
            tickets = report.PerTicket.Count,
            p50 = report.TicketPercentile(0.5).Amount,
            p95 = report.TicketPercentile(0.95).Amount,
            p99 = report.TicketPercentile(0.99).Amount,
        },
        lines = lines.Select(l => new
        {
            name = l.Name, calls = l.Calls, tokens = l.Tokens, cost_usd = l.Cost.Amount, saved_usd = l.Saved.Amount,
        }),
    };

    private static void Print(object value) => Console.WriteLine(JsonSerializer.Serialize(value, FiguresView.Indented));
}
