using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;

namespace Baton.Conversations.Merging;

/// <summary>A merge as JSON: <c>{"into": "T-2", "by"?, "version"?}</c>, the version that of the ticket that goes.</summary>
internal sealed record MergeJson(string Into, Acting Acting)
{
    /// <summary>Of a ticket's id, characters.</summary>
    private const int LongestId = 200;

    private static readonly string[] Fields = ["into", "by", "version"];

    /// <param name="caller">Who calls; whom the request names stands behind it.</param>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static MergeJson Read(JsonElement json, string? caller)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the merge", "must be an object");
        foreach (var property in json.EnumerateObject())
            if (!Fields.Contains(property.Name))
                throw new TicketFormatException(
                    property.Name, $"is not a field of a merge; known: {string.Join(", ", Fields)}");
        return PersonActionJson.Value(json, "into") is { Length: > 0 and <= LongestId } into
            ? new MergeJson(into, PersonActionJson.Actor(json, caller, PersonActionJson.Value(json, "by")))
            : throw new TicketFormatException("into", $"is missing, or longer than {LongestId} characters: name the ticket that stays");
    }
}
