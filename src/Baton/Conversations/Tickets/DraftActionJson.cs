using System.Text.Json;
using Baton.Conversations.Inbound;

namespace Baton.Conversations.Tickets;

/// <summary>
/// What a person does with a draft, as JSON: <c>{"action":"send|edit|discard","text"?,"by"?,"version"?}</c>.
/// </summary>
/// <param name="Text">Raw text of an edited draft; otherwise null.</param>
internal sealed record DraftActionJson(Acting Acting, bool Discards, string? Text)
{
    /// <param name="caller">Who calls; whom the request names stands behind it.</param>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static DraftActionJson Read(JsonElement json, string? caller)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the action", "must be an object");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is not ("action" or "text" or "by" or "version"))
                throw new TicketFormatException(
                    property.Name, "is not a field of an action on a draft; known: action, text, by, version");
            if (property.Name != "version"
                && property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw new TicketFormatException(property.Name, "must be a text");
        }
        var by = PersonActionJson.Actor(json, caller, Value(json, "by"));
        return (Value(json, "action"), Value(json, "text")) switch
        {
            ("send", null) => new(by, false, null),
            ("discard", null) => new(by, true, null),
            ("edit", { } text) when !string.IsNullOrWhiteSpace(text) => 
                new(by, false, PersonActionJson.Limited(text, "text", PersonActionJson.LongestReply)),
            ("edit", _) => throw new TicketFormatException("text", "is missing: write what is sent instead"),
            ("send" or "discard", _) => throw new TicketFormatException("text", "is only for the action edit"),
            var (other, _) => throw new TicketFormatException("action", $"is '{other}': use send, edit or discard"),
        };
    }

    private static string? Value(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
