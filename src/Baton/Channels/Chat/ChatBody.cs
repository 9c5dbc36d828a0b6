using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Http;

namespace Baton.Channels.Chat;

/// <summary>The JSON bodies that the chat sends. Total: what cannot be read says which field is wrong.</summary>
internal static class ChatBody
{
    private const int LongestField = 4_000, LongestId = 64, LargestBody = 128 * 1024;

    /// <summary>The body of a request, as far as it is JSON and not too large.</summary>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[LargestBody + 1], 0);
        while (length < buffer.Length
            && await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            length += read;
        if (length == buffer.Length)
            throw new TicketFormatException("body", $"has more than {LargestBody:N0} bytes: send less");
        return Read(buffer.AsSpan(0, length));
    }

    /// <summary>The same of what was read.</summary>
    public static JsonElement Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException error)
        {
            throw new TicketFormatException("body", $"is not JSON: {error.Message.TrimEnd('.')}");
        }
    }

    /// <summary>A session is asked for.</summary>
    public static ChatOpening Opening(JsonElement json)
    {
        Only(json, "key", "token", "user", "consent");
        var user = json.TryGetProperty("user", out var given) && given.ValueKind != JsonValueKind.Null ? given
            : (JsonElement?)null;
        if (user is { } claim) Only(claim, "id", "email", "name", "time", "hash");
        return new ChatOpening(Text(json, "key") ?? "", Text(json, "token"), Flag(json, "consent"),
            user is { } u ? new ChatClaim(
                Text(u, "id"), Text(u, "email"), Text(u, "name"), Text(u, "time"), Text(u, "hash")) : null);
    }

    /// <summary>A message: the browser's name of it, and the text.</summary>
    public static (string Id, string Text) Message(JsonElement json, int longest)
    {
        Only(json, "id", "text");
        var id = Text(json, "id");
        if (id is not { Length: > 0 and <= LongestId } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new TicketFormatException("id", $"is none: use 1 to {LongestId} letters, digits or -");
        var text = Text(json, "text", longest) ?? throw new TicketFormatException("text", "is missing");
        return (id, text.ReplaceLineEndings("\n"));
    }

    /// <summary>An offered passage solved it: turn of the offer and place of the passage, from 1.</summary>
    public static (int Turn, int Passage) Solved(JsonElement json)
    {
        Only(json, "turn", "passage");
        return (Number(json, "turn"), Number(json, "passage"));
    }

    private static void Only(JsonElement json, params ReadOnlySpan<string> known)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object)
            throw new TicketFormatException("body", "is no object: send a JSON object");
        foreach (var property in json.EnumerateObject())
            if (!known.Contains(property.Name))
                throw new TicketFormatException(
                    property.Name, $"is not a field here; known here: {string.Join(", ", known)}");
    }

    private static string? Text(JsonElement json, string name, int longest = LongestField)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new TicketFormatException(name, "is no text");
        var text = value.GetString()!;
        return text.Length <= longest ? text
            : throw new TicketFormatException(name, $"has {text.Length} characters, the limit is {longest}");
    }

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value)
        && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new TicketFormatException(name, "is neither true nor false"),
        };

    private static int Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            ? number
            : throw new TicketFormatException(name, "is missing, or no whole number");
}

/// <summary>How a browser comes: with the key of its page, and perhaps a token of an earlier visit.</summary>
internal sealed record ChatOpening(string Key, string? Token, bool Consent, ChatClaim? Claim);
