using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Judging;
using Baton.Conversations.Promises;
using Baton.Playbooks;

namespace Baton.Conversations.Tickets;

/// <summary>
/// An action of a person as JSON:
/// <c>{"action":"claim|accept|decline|call|release|reply|note|reroute|unlock|close","text"?,"queue"?,"reason"?,
/// "why"?,"outcome"?,"person_needed"?,"by"?,"version"?}</c>.
/// </summary>
internal sealed record PersonActionJson(Acting Acting, string? Text, Func<string, string, PersonAction> Action)
{
    /// <summary>Longest reply, characters.</summary>
    public const int LongestReply = 100_000;

    /// <summary>Longest note or reason, characters.</summary>
    public const int LongestNote = 10_000;

    private const int LongestName = 100;

    private static readonly string[] Fields =
        ["action", "by", "text", "queue", "reason", "why", "outcome", "person_needed", "version"];

    /// <param name="caller">Who calls; whom the request names stands behind it.</param>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static PersonActionJson Read(JsonElement json, string? caller)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the action", "must be an object");
        foreach (var property in json.EnumerateObject())
            if (!Fields.Contains(property.Name))
                throw new TicketFormatException(
                    property.Name, $"is not a field of an action; known: {string.Join(", ", Fields)}");
        var by = Actor(json, caller, Value(json, "by"));
        var why = Limited(Value(json, "why") ?? "", "why", LongestNote);
        return Value(json, "action") switch
        {
            "claim" => new(by, null, (_, _) => new PersonAction.Claim()),
            "accept" => new(by, null, (_, _) => new PersonAction.Accept()),
            "decline" => new(by, null, (_, _) => new PersonAction.Decline()),
            "release" => new(by, null, (_, _) => new PersonAction.Release()),
            "reply" => new(by, Limited(Required(json, "text"), "text", LongestReply),
                (id, text) => new PersonAction.Reply(id, text)),
            "reroute" when (Required(json, "queue"), Word<RerouteReason>(json, "reason")) is var (queue, reason) =>
                new(by, null, (_, _) => new PersonAction.Reroute(queue, why, reason)),
            "note" when Limited(Required(json, "text"), "text", LongestNote) is var note =>
                new(by, null, (_, _) => new PersonAction.Note(note)),
            "call" when Required(json, "outcome") is not null && Word<CallOutcome>(json, "outcome") is { } outcome =>
                new(by, null, (_, _) => new PersonAction.Call(outcome)),
            "unlock" => new(by, null, (_, _) => new PersonAction.Unlock()),
            "close" when (Word<CloseOutcome>(json, "outcome"), Word<PersonNeeded>(json, "person_needed")) is var (
                end, needed) =>
                new(by, null, (_, _) => new PersonAction.Close(why, end, needed)),
            var other => throw new TicketFormatException(
                "action", $"is '{other}': use claim, accept, decline, call, release, reply, note, reroute, unlock or close"),
        };
    }

    /// <summary>Who acts, and the version they saw.</summary>
    internal static Acting Actor(JsonElement json, string? caller, string? said)
    {
        if (said?.Length > LongestName)
            throw new TicketFormatException("by", $"has {said.Length} characters, the limit is {LongestName}");
        var by = Acting.Name(caller, said)
            ?? throw new TicketFormatException("by", "is missing: name the person who does it");
        if (!json.TryGetProperty("version", out var version) || version.ValueKind == JsonValueKind.Null) return by;
        return version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var seen) && seen > 0
            ? new Acting(by) { Seen = seen }
            : throw new TicketFormatException("version", "must be the number that the ticket had when it was read");
    }

    /// <summary>The text itself.</summary>
    /// <exception cref="TicketFormatException">It is too long.</exception>
    internal static string Limited(string text, string field, int longest) => text.Length <= longest ? text
        : throw new TicketFormatException(field, $"has {text.Length} characters, the limit is {longest}");

    /// <summary>A word of a closed set; null when it is not there.</summary>
    private static T? Word<T>(JsonElement json, string name) where T : struct, Enum => Value(json, name) is not { } word
        ? null
        : EnumWords.Find<T>(word) ?? throw new TicketFormatException(
            name, $"is '{word}': use {string.Join(", ", EnumWords.All<T>())}");

    private static string Required(JsonElement json, string name) =>
        Value(json, name) is { Length: > 0 } text ? text : throw new TicketFormatException(name, "is missing");

    internal static string? Value(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new TicketFormatException(name, "must be a text");
}
