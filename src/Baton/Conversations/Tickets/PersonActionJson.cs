using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Promises;
using Baton.Playbooks;

namespace Baton.Conversations.Tickets;

/// <summary>
/// An action of a person as JSON:
/// <c>{"action":"claim|accept|decline|call|release|reply|reroute|unlock|close","text"?,"queue"?,"why"?,"by"?,"version"?}</c>.
/// </summary>
internal sealed record PersonActionJson(Acting Acting, string? Text, Func<string, string, PersonAction> Action)
{
    private const int LongestName = 100;

    /// <param name="caller">Who calls; whom the request names stands behind it.</param>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static PersonActionJson Read(JsonElement json, string? caller)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the action", "must be an object");
        foreach (var property in json.EnumerateObject())
            if (property.Name is not ("action" or "by" or "text" or "queue" or "why" or "outcome" or "version"))
                throw new TicketFormatException(
                    property.Name, "is not a field of an action; known: action, by, text, queue, why, outcome, version");
        var by = Actor(json, caller, Value(json, "by"));
        var why = Value(json, "why") ?? "";
        return Value(json, "action") switch
        {
            "claim" => new(by, null, (_, _) => new PersonAction.Claim()),
            "accept" => new(by, null, (_, _) => new PersonAction.Accept()),
            "decline" => new(by, null, (_, _) => new PersonAction.Decline()),
            "release" => new(by, null, (_, _) => new PersonAction.Release()),
            "reply" => new(by, Required(json, "text"), (id, text) => new PersonAction.Reply(id, text)),
            "reroute" when Required(json, "queue") is var queue =>
                new(by, null, (_, _) => new PersonAction.Reroute(queue, why)),
            "call" => new(by, null, (_, _) => new PersonAction.Call(Outcome(json))),
            "unlock" => new(by, null, (_, _) => new PersonAction.Unlock()),
            "close" => new(by, null, (_, _) => new PersonAction.Close(why)),
            var other => throw new TicketFormatException(
                "action", $"is '{other}': use claim, accept, decline, call, release, reply, reroute, unlock or close"),
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

    private static CallOutcome Outcome(JsonElement json) =>
        EnumWords.Find<CallOutcome>(Required(json, "outcome")) ?? throw new TicketFormatException(
            "outcome", $"is '{Value(json, "outcome")}': use {string.Join(", ", EnumWords.All<CallOutcome>())}");

    private static string Required(JsonElement json, string name) =>
        Value(json, name) is { Length: > 0 } text ? text : throw new TicketFormatException(name, "is missing");

    private static string? Value(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new TicketFormatException(name, "must be a text");
}
