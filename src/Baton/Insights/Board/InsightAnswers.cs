using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Baton.Insights.Board;

/// <summary>How questions about figures are answered over HTTP: as JSON or CSV, or with what is wrong.</summary>
internal static class InsightAnswers
{
    public static IResult Of(Func<IResult> question)
    {
        try
        {
            return question();
        }
        catch (InsightQuestionException error)
        {
            return TypedResults.Problem(error.Message, statusCode: 400, title: "Invalid question");
        }
    }

    /// <exception cref="InsightQuestionException">It is neither JSON nor CSV.</exception>
    public static bool IsCsv(string? format) => format switch
    {
        null or "" or "json" => false,
        "csv" => true,
        _ => throw new InsightQuestionException("format", $"is '{format}': use json or csv"),
    };

    public static IResult Csv(string text) => TypedResults.Text(text, "text/csv", Encoding.UTF8);

    /// <summary>Lines with the same fields, as objects of <c>lines</c> or as a file.</summary>
    public static IResult Lines<T>(
        string? format, IReadOnlyList<string> fields, IEnumerable<T> lines, Func<T, JsonNode?[]> values)
    {
        if (!IsCsv(format))
            return TypedResults.Ok(new JsonObject
            {
                ["lines"] = new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject(
                    fields.Zip(values(line), KeyValuePair.Create)))]),
            });
        var text = new StringBuilder(string.Join(',', fields)).Append("\r\n");
        foreach (var line in lines)
            text.AppendJoin(',', values(line).Select(Field)).Append("\r\n");
        return Csv(text.ToString());
    }

    private static string Field(JsonNode? value) => value is null ? ""
        : FigureJson.Quoted(string.Create(CultureInfo.InvariantCulture, $"{value}"));
}
