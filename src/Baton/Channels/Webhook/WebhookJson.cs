using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;

namespace Baton.Channels.Webhook;

/// <summary>
/// Bodies of the webhook, in: <c>{"type":"ticket.created","data":{ticket}}</c> with the ticket of the API, and
/// <c>{"type":"message.created","data":{"ticket_id","text","id"?,"from"?,"headers"?}}</c>; out: <c>ticket.message</c>,
/// <c>notice.raised</c> and <c>channel.test</c>.
/// No type has both directions, so that nothing we sent can be sent back to us.
/// </summary>
internal static class WebhookJson
{
    /// <summary>What is sent to see whether it arrives.</summary>
    public const string TestType = "channel.test";

    private static readonly string[] Types = ["ticket.created", "message.created"];

    /// <summary>What the other side reads is JSON, not HTML.</summary>
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="id">Of the delivery: the same one twice is the same delivery.</param>
    public static ParsedRequest Read(ReadOnlyMemory<byte> body, string id, string channel)
    {
        if (id.Length == 0)
            return new ParsedRequest.Refused(WebhookSignature.Id, "is missing: every request needs one");
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body.Span);
            return new ParsedRequest.Arrived([Arrival(json, id, channel)]);
        }
        catch (JsonException error)
        {
            return new ParsedRequest.Refused("body", $"is not JSON: {error.Message}");
        }
        catch (TicketFormatException bad)
        {
            return new ParsedRequest.Refused(bad.Field, bad.Problem);
        }
    }

    /// <summary>The body of what is sent; the same for every attempt.</summary>
    public static string Write(Outgoing message) => (message switch
    {
        OutgoingText text => Envelope("ticket.message", text.At, new JsonObject
        {
            ["ticket_id"] = text.TicketId, ["position"] = text.Position, ["from"] = text.From, ["kind"] = text.Kind,
            ["text"] = text.Text, ["subject"] = text.Subject, ["attachments"] = Files(text),
            ["customer"] = new JsonObject
            {
                ["id"] = text.CustomerId, ["email"] = text.CustomerEmail, ["name"] = text.CustomerName,
            },
        }),
        OutgoingNotice notice => Envelope("notice.raised", notice.At, new JsonObject
        {
            ["to"] = notice.To, ["urgency"] = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{notice.Urgency}"),
            ["group"] = notice.Group, ["title"] = notice.Title, ["text"] = notice.Text,
        }),
        OutgoingEvent told => Envelope(told.Type, told.At, Data(told)),
        _ => throw new UnreachableException(message.GetType().Name),
    }).ToJsonString(Plain);

    /// <summary>The body of a test: nothing happened.</summary>
    public static string Test(DateTimeOffset at) => Envelope(TestType, at, []).ToJsonString(Plain);

    /// <summary>Under <c>GET /api/tickets/{ticket_id}/attachments/{position}/{number}</c>.</summary>
    private static JsonArray Files(OutgoingText text) =>
    [
        .. text.Files.Select((file, at) => (JsonNode)new JsonObject
        {
            ["number"] = at + 1, ["name"] = file.Name, ["type"] = file.Type, ["size"] = file.Body.Length,
        }),
    ];

    private static JsonObject Data(OutgoingEvent told)
    {
        var data = new JsonObject();
        if (told.TicketId is { } ticket) data["ticket_id"] = ticket;
        foreach (var (name, value) in told.Data) data[name] = JsonSerializer.SerializeToNode(value);
        return data;
    }

    private static JsonObject Envelope(string type, DateTimeOffset at, JsonObject data) =>
        new() { ["type"] = type, ["timestamp"] = at.UtcDateTime.ToString("O"), ["data"] = data };

    private static Arrival Arrival(JsonElement json, string id, string channel)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object)
            throw new TicketFormatException("body", "is no object: send {\"type\", \"data\"}");
        foreach (var property in json.EnumerateObject())
            if (property.Name is not ("type" or "timestamp" or "data"))
                throw new TicketFormatException(property.Name,
                    "is not a field here; known here: type, timestamp, data");
        if (!json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw new TicketFormatException("data", "is missing, or no object");
        return Type(json) switch
        {
            "ticket.created" => Ticket(data, id, channel),
            _ => Message(data, id),
        };
    }

    private static string Type(JsonElement json)
    {
        if (json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && Types.FirstOrDefault(type.ValueEquals) is { } known)
            return known;
        throw new TicketFormatException("type", $"is unknown: use {string.Join(" or ", Types)}");
    }

    private static Arrival.Ticket Ticket(JsonElement data, string id, string channel)
    {
        var ticket = TicketJson.Read(data, null, channel);
        return ticket.Channel == channel
            ? new Arrival.Ticket(ticket with { ExternalId = id })
            : throw new TicketFormatException("channel", $"is not {channel}: leave it out");
    }

    private static Arrival.Message Message(JsonElement data, string id)
    {
        var (message, externalId) = TicketJson.ReadMessage(data, "ticket_id");
        return data.TryGetProperty("ticket_id", out var ticket) && ticket.ValueKind == JsonValueKind.String
            ? new Arrival.Message(ticket.GetString()!, message, externalId ?? id)
            : throw new TicketFormatException("ticket_id", "is missing: name the ticket that the message belongs to");
    }
}
