using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks.Models;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Measuring;
using Baton.Server.Cli.Operating;
using Baton.Server.Costs;

namespace Baton.Server.Cli.Spending;

/// <summary><c>baton cost project</c>: what so many tickets a day will cost, models and the rest.</summary>
internal static class CostProject
{
    private const int MostPerDay = 10_000_000;

    public static Command Command()
    {
        var perDay = new Option<string>("--per-day")
        {
            Description = "Tickets per day; several with commas between.", Required = true,
        };
        var infrastructure = new Option<string?>("--infrastructure")
        {
            Description = "YAML file of what is paid for besides models (docs/operating/costs.md).",
        };
        var models = Places.Models();
        var playbook = Places.Playbook();
        var command = new Command("project", "Monthly cost of so many tickets a day, from the measured mix.")
        {
            DatabaseFile.Option, CostCommand.Days, perDay, infrastructure, playbook, models, MeasureCommand.Seed,
            MeasureCommand.Json,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            var volumes = Volumes(arguments.GetValue(perDay)!);
            var items = Items(arguments.GetValue(infrastructure));
            var figures = await CostCommand.Read(arguments, new BudgetPolicy());
            var seed = arguments.GetValue(MeasureCommand.Seed);
            if (CostProjection.Of(figures.Report, volumes[0], seed) is null)
                throw new CliError("these days have no ticket; nothing to project");
            var hourly = Hourly(arguments.GetValue(playbook)!, arguments.GetValue(models));
            var lines = volumes.Select(v => ProjectedCost.Of(figures, v, items, hourly, seed)).ToList();
            if (arguments.GetValue(MeasureCommand.Json))
                CostCommand.Print(volumes.Count == 1 && items.Count == 0 && hourly.Count == 0
                    ? CostJson.Of(lines[0].Models)! : Json(lines));
            else if (volumes.Count == 1 && items.Count == 0 && hourly.Count == 0)
                Console.WriteLine($"{lines[0].Models.PerMonth:N2} USD per month (95 %: {lines[0].Models.Low:N2} – {lines[0].Models.High:N2}), "
                    + $"{lines[0].Models.PerTicket:0.######} per ticket, measured on {lines[0].Models.Tickets:N0} tickets");
            else Show(lines);
            return 0;
        }));
        return command;
    }

    private static List<int> Volumes(string text)
    {
        var volumes = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            volumes.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n is > 0 and <= MostPerDay
                ? n : throw new CliError($"--per-day has '{part}': write whole numbers up to {MostPerDay:N0}, as in 100,500,2000"));
        return volumes.Count > 0 ? volumes : throw new CliError("--per-day is empty: write 100,500,2000");
    }

    private static IReadOnlyList<FixedCost> Items(string? path)
    {
        if (path is null) return [];
        if (!File.Exists(path)) throw new CliError($"{path}: no such file; docs/operating/costs.md says what it holds");
        try
        {
            return FixedCosts.Read(path);
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
    }

    /// <summary>Models that are paid by the hour; without a playbook there are none.</summary>
    private static IReadOnlyList<ModelPolicy> Hourly(string folder, string? models) =>
        Directory.Exists(folder) ? [.. (PlaybookCommand.Load(folder, models).Models?.Models ?? [])
            .Where(m => m.Prices.Hourly is not null)] : [];

    private static void Show(IReadOnlyList<ProjectedCost> lines)
    {
        Console.WriteLine($"USD per month, measured on {lines[0].Models.Tickets:N0} tickets");
        Console.WriteLine($"{"per day",10} {"models",14} {"95 %",27} {"infrastructure",15} {"total",14} {"per ticket",11}");
        foreach (var line in lines)
            Console.WriteLine($"{line.Models.PerDay,10:N0} {line.OfModels,14:N2} {$"{line.Models.Low:N2} – {line.Models.High:N2}",27} {line.Infrastructure,15:N2} {line.Total,14:N2} {line.PerTicket,11:0.0000}");
    }

    private static JsonObject Json(IReadOnlyList<ProjectedCost> lines) => new()
    {
        ["tickets_measured"] = lines[0].Models.Tickets, ["usd_per_ticket"] = lines[0].Models.PerTicket,
        ["lines"] = new JsonArray([.. lines.Select(line => new JsonObject
        {
            ["tickets_per_day"] = line.Models.PerDay, ["models_usd"] = line.OfModels,
            ["models_usd_low"] = line.Models.Low, ["models_usd_high"] = line.Models.High, ["idle_usd"] = line.Idle,
            ["infrastructure_usd"] = line.Infrastructure, ["total_usd"] = line.Total,
            ["total_usd_per_ticket"] = line.PerTicket,
        })]),
    };
}
