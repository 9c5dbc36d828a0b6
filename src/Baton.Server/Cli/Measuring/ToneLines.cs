using System.Text.Json;

namespace Baton.Server.Cli.Measuring;

/// <summary>A text and its label: a word, or a number where the label is one or has an order.</summary>
internal sealed record ToneLine(string Text, string Word, double? Number);

/// <summary>
/// Reads labelled texts for <c>measure tone</c>. When the text field holds a list of messages, the customer's are
/// joined; when the label stands on the messages, every labelled message of the customer is a text of its own. A list
/// of numbers (several raters) counts as its mean. Lines whose label is null are left out.
/// </summary>
internal sealed class ToneLines(string textField, string labelField)
{
    private static readonly string[] WhoFields = ["who", "role", "from", "sender", "speaker", "author"];
    private static readonly string[] TextFields = ["text", "content", "body", "message"];
    private static readonly string[] Customers =
        ["customer", "user", "client", "human", "end-user", "requester", "visitor"];

    private static readonly Dictionary<string, double> Ordered = new(StringComparer.OrdinalIgnoreCase)
    {
        ["very low"] = 0, ["lowest"] = 0, ["low"] = 1, ["minor"] = 1, ["normal"] = 2, ["medium"] = 2, ["moderate"] = 2,
        ["high"] = 3, ["major"] = 3, ["urgent"] = 4, ["highest"] = 4, ["critical"] = 5, ["blocker"] = 5,
    };

    private static readonly Dictionary<string, int> Polarities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["negative"] = -1, ["neg"] = -1, ["-"] = -1, ["neutral"] = 0, ["neu"] = 0,
        ["positive"] = 1, ["pos"] = 1, ["+"] = 1,
    };

    /// <summary>The field that holds the label.</summary>
    public string Label => labelField;

    /// <summary>
    /// True when the label's name says that it is about urgency; else numbers are compared with sentiment.
    /// </summary>
    public bool IsUrgency => labelField.Contains("urgen", StringComparison.OrdinalIgnoreCase)
        || labelField.Contains("priorit", StringComparison.OrdinalIgnoreCase)
        || labelField.Contains("severit", StringComparison.OrdinalIgnoreCase);

    public List<ToneLine> Read(IEnumerable<string> files) => [.. JsonLines.Read(files).SelectMany(Read)];

    /// <exception cref="CliError">The label is no sentiment.</exception>
    public int Polarity(ToneLine line) => Polarities.TryGetValue(line.Word, out var polarity)
        ? polarity
        : throw new CliError($"'{line.Word}' in field '{labelField}' is none of negative, neutral, positive");

    private IEnumerable<ToneLine> Read(JsonElement line)
    {
        if (!line.TryGetProperty(textField, out var text)) throw Missing(line, textField);
        var messages = text.ValueKind == JsonValueKind.Array ? Customer(text).ToList() : null;
        if (line.TryGetProperty(labelField, out var label))
        {
            var joined = messages is null
                ? JsonLines.Text(line, textField)
                : string.Join("\n\n", messages.Select(TextOf));
            return label.ValueKind == JsonValueKind.Null ? [] : [Labelled(joined, label)];
        }
        if (messages is null) throw Missing(line, labelField);
        return messages.Where(m => m.ValueKind == JsonValueKind.Object && m.TryGetProperty(labelField, out _))
            .Select(m => Labelled(TextOf(m), m.GetProperty(labelField)));
    }

    private ToneLine Labelled(string text, JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.Number => new ToneLine(text, "", label.GetDouble()),
        JsonValueKind.String when Ordered.TryGetValue(label.GetString()!, out var rank) => new ToneLine(text, "", rank),
        JsonValueKind.String => new ToneLine(text, label.GetString()!, null),
        JsonValueKind.Array when label.GetArrayLength() > 0
            && label.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number) =>
            new ToneLine(text, "", label.EnumerateArray().Average(n => n.GetDouble())),
        _ => throw new CliError(
            $"field '{labelField}' holds {label.GetRawText()}; expected a word, a number or a list of numbers"),
    };

    private static IEnumerable<JsonElement> Customer(JsonElement messages) => messages.EnumerateArray().Where(message =>
        message.ValueKind != JsonValueKind.Object
        || Array.Find(WhoFields, f => message.TryGetProperty(f, out _)) is not { } who
        || Customers.Contains(message.GetProperty(who).ToString(), StringComparer.OrdinalIgnoreCase));

    private static string TextOf(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.String) return message.GetString()!;
        foreach (var field in TextFields)
            if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var text)
                && text.ValueKind == JsonValueKind.String) return text.GetString()!;
        throw new CliError($"a message has none of the fields {string.Join(", ", TextFields)}: {Start(message)}");
    }

    private static CliError Missing(JsonElement line, string field) =>
        new($"a line has no field '{field}': {Start(line)}");

    private static string Start(JsonElement element) =>
        element.GetRawText() is { Length: > 60 } raw ? raw[..60] + "…" : element.GetRawText();
}
