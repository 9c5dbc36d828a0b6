using System.Globalization;
using System.Text.Json;

namespace Baton.Evaluation.Readiness;

/// <summary>What readiness reads of one line of a history that <c>baton import</c> wrote.</summary>
/// <param name="Text">Subject and what the customer wrote first.</param>
/// <param name="RuleRoute">Where the old rules sent it.</param>
/// <param name="FinalRoute">Where people took it: the label.</param>
/// <param name="FirstReplyMinutes">Until somebody answered.</param>
internal sealed record PastLine(
    string Id, string Text, string Channel, string? Tier, DateTimeOffset? At, string? RuleRoute, string? FinalRoute,
    double? FirstReplyMinutes, int? Stars)
{
    /// <exception cref="FormatException">A line is no ticket of a history; the message says which.</exception>
    public static PastLine Of(string line, string where)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(line);
            if (json.ValueKind != JsonValueKind.Object || Word(json, "id") is not { Length: > 0 } id)
                throw new FormatException("is no object with an id");
            var history = json.TryGetProperty("history", out var h) && h.ValueKind == JsonValueKind.Object ? h : default;
            var customer = json.TryGetProperty("customer", out var c) && c.ValueKind == JsonValueKind.Object ? c : default;
            var at = Time(json, "created_at");
            return new PastLine(
                id, $"{Word(json, "subject")}\n{First(json)}".Trim(), Word(json, "channel") ?? "", Word(customer, "tier"),
                at, Word(history, "rule_route"), Word(history, "final_route") ?? Word(history, "team"),
                at is { } from && Time(history, "first_reply_at") is { } to && to >= from ? (to - from).TotalMinutes : null,
                history.ValueKind == JsonValueKind.Object && history.TryGetProperty("stars", out var stars)
                    && stars.ValueKind == JsonValueKind.Number ? stars.GetInt32() : null);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new FormatException($"{where}: {error.Message}; `baton import` writes such files");
        }
    }

    private static string First(JsonElement json)
    {
        if (Word(json, "body") is { } body) return body;
        if (!json.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array) return "";
        foreach (var message in messages.EnumerateArray())
            if (Word(message, "from") is null or "customer") return Word(message, "text") ?? "";
        return "";
    }

    private static string? Word(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement of, string name) =>
        Word(of, name) is { } text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
