using System.Text.Json;
using Baton.Conversations.Inbound;

namespace Baton.Conversations.Tickets;

/// <summary>
/// What a person does with a draft, as JSON: <c>{"action":"send|edit|discard","text"?,"by"?}</c>.
/// </summary>
/// <param name="Text">Raw text of an edited draft; otherwise null.</param>
internal sealed record DraftActionJson(string By, bool Discards, string? Text)
{
    private const int LongestName = 100;

    /// <param name="caller">Who does it when the request names nobody.</param>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static DraftActionJson Read(JsonElement json, string? caller)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the action", "must be an object");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is not ("action" or "text" or "by"))
                throw new TicketFormatException(
                    property.Name, "is not a field of an action on a draft; known: action, text, by");
            if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw new TicketFormatException(property.Name, "must be a text");
        }
        var by = Value(json, "by") ?? caller
            ?? throw new TicketFormatException("by", "is missing: name the person who does it");
        if (by.Length > LongestName)
            throw new TicketFormatException("by", $"has {by.Length} characters, the limit is {LongestName}");
        return (Value(json, "action"), Value(json, "text")) switch
        {
            ("send", null) => new(by, false, null),
            ("discard", null) => new(by, true, null),
            ("edit", { } text) when !string.IsNullOrWhiteSpace(text) => new(by, false, text),
            ("edit", _) => throw new TicketFormatException("text", "is missing: write what is sent instead"),
            ("send" or "discard", _) => throw new TicketFormatException("text", "is only for the action edit"),
            var (other, _) => throw new TicketFormatException("action", $"is '{other}': use send, edit or discard"),
        };
    }

    private static string? Value(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
