using System.Text.Json;
using Baton.Evaluation;
using Spectre.Console;

namespace Baton.Server.Cli.Measuring;

/// <summary>Prints figures: a table for people, one JSON object for machines.</summary>
internal static class FiguresView
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Print(Figures figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(figures.ToJson().ToJsonString(Indented));
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("figure", "value", "95 % interval");
        AddRows(table, figures, prefix: "");
        AnsiConsole.Write(table);
    }

    private static void AddRows(Table table, Figures figures, string prefix)
    {
        foreach (var item in figures.Items)
        {
            var interval = item.Interval is { } i ? $"{Number(i.Low)} – {Number(i.High)}" : "";
            table.AddRow(Markup.Escape(prefix + item.Name), Number(item.Value), interval);
        }
        foreach (var (name, group) in figures.Groups) AddRows(table, group, $"{prefix}{name} · ");
    }

    private static string Number(double value) =>
        !double.IsFinite(value) ? "–" : Math.Abs(value) >= 1000 ? value.ToString("N0") : value.ToString("0.####");
}
