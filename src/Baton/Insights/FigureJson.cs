using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Baton.Insights;

/// <summary>One line of a figure.</summary>
/// <param name="Of">What it is a share of; null: it is a count.</param>
public sealed record FigureLine(string Name, long N, long? Of)
{
    /// <summary>The share with its interval.</summary>
    public InsightRate? Rate => Of is { } of ? new InsightRate(N, of) : null;
}

/// <summary>A figure by a cut or by day, for programs.</summary>
internal static class FigureJson
{
    public const string Day = "day";

    private const int Decimals = 4;

    public static JsonObject Of(
        FigureDefinition figure, string by, InsightPeriod period, IEnumerable<FigureLine> lines) => new()
    {
        ["figure"] = figure.Name, ["definition"] = figure.Text, ["among"] = figure.Among,
        ["from"] = period.FromText, ["to"] = period.ToText, ["by"] = by,
        ["lines"] = new JsonArray([.. lines.Select(l => (JsonNode)new JsonObject
        {
            ["name"] = l.Name, ["n"] = l.N, ["of"] = l.Of, ["share"] = Round(l.Rate?.Value),
            ["low"] = Round(l.Rate?.Interval.Low), ["high"] = Round(l.Rate?.Interval.High),
        })]),
    };

    public static string Csv(string by, IEnumerable<FigureLine> lines)
    {
        var text = new StringBuilder(by).Append(",n,of,share,low,high\r\n");
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture,
                $"{Quoted(line.Name)},{line.N},{line.Of},{Round(line.Rate?.Value)},{Round(line.Rate?.Interval.Low)},{Round(line.Rate?.Interval.High)}\r\n");
        return text.ToString();
    }

    /// <summary>The tickets of a page, and where the next one begins.</summary>
    public static JsonObject Of(IReadOnlyList<InsightTicket> tickets, bool more) => new()
    {
        ["items"] = new JsonArray([.. tickets.Select(t => (JsonNode)new JsonObject
        {
            ["ticket_id"] = t.Id, ["turn"] = t.Turn == 0 ? null : t.Turn, ["day"] = InsightPeriod.Text(t.Day),
        })]),
        ["next"] = more ? tickets[^1].ToString() : null,
    };

    /// <summary>A name as a field of CSV; one that a spreadsheet would compute is text.</summary>
    public static string Quoted(string name)
    {
        var text = name.Length > 0 && "=+-@\t".Contains(name[0], StringComparison.Ordinal) ? "'" + name : name;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static double? Round(double? share) => share is { } value ? Math.Round(value, Decimals) : null;
}
