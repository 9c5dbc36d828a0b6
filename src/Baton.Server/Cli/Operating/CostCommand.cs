using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Spending;
using Baton.Server.Costs;

namespace Baton.Server.Cli.Operating;

/// <summary>
/// <c>baton cost …</c>: what models cost, what they will cost, and when a fixed price would be cheaper.
/// </summary>
internal static class CostCommand
{
    internal static readonly Option<int> Days = new("--days")
    {
        Description = "How many days to look back.", DefaultValueFactory = _ => 30,
    };

    public static Command Command() => new("cost", "What models cost, from the receipts.")
    {
        Report(), CostProject.Command(), Provisioned(), CostExportVerb.Command(),
    };

    private static Command Report()
    {
        var by = new Option<string>("--by")
        {
            Description = $"Cut by {string.Join(", ", CostReport.Cuts)} or tag:NAME.",
            DefaultValueFactory = _ => "day",
        };
        var top = new Option<int>("--top") { Description = "Most lines to print.", DefaultValueFactory = _ => 50 };
        var playbook = Places.Playbook();
        var command = new Command(
            "report", "Cost by day, stage, model, intent, customer …, per ticket, and against the budgets.")
        {
            DatabaseFile.Option, playbook, Days, by, top, MeasureCommand.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var (cut, most) = (arguments.GetValue(by)!, arguments.GetValue(top));
            var figures = await Read(arguments, Budgets(arguments.GetValue(playbook)!));
            if (arguments.GetValue(MeasureCommand.Json)) Print(Named(() => CostJson.Of(figures, cut, most)));
            else CostTables.Print(figures, Named(() => figures.Lines(cut)), cut, most);
            return 0;
        }));
        return command;
    }

    private static Command Provisioned()
    {
        var monthly = new Option<decimal>(
            "--monthly-cost") { Description = "Fixed price per month, USD.", Required = true };
        var command = new Command("provisioned", "When a fixed monthly price beats paying by token.")
        {
            DatabaseFile.Option, Days, monthly, MeasureCommand.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var figures = await Read(arguments, new BudgetPolicy());
            var report = figures.Report;
            var even = BreakEven.Of(report.Tokens, report.Total, figures.Spent, new Usd(arguments.GetValue(monthly)))
                ?? throw new CliError("no tokens in these days; nothing to compare");
            if (arguments.GetValue(MeasureCommand.Json)) Print(even.ToJson());
            else
                Console.WriteLine($"break-even at {even.TokensPerMonth:N0} tokens a month; you use {even.UsedPerMonth:N0} ({even.PayAsYouGo.Amount:N2} USD): {even.Cheaper} is cheaper");
            return 0;
        }));
        return command;
    }

    internal static async Task<CostFigures> Read(ParseResult arguments, BudgetPolicy budgets)
    {
        await using var database = DatabaseFile.Open(arguments);
        return Named(() => CostFigures.Read(database, budgets, arguments.GetValue(Days)));
    }

    /// <summary>Budgets of the playbook; without a playbook there are none to report on.</summary>
    private static BudgetPolicy Budgets(string folder) =>
        (Directory.Exists(folder) ? PlaybookCommand.Load(folder).Models?.Budgets : null) ?? new BudgetPolicy();

    private static T Named<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException error)
        {
            throw new CliError(error.Message);
        }
    }

    internal static void Print(JsonObject value) => Console.WriteLine(value.ToJsonString(FiguresView.Indented));
}
