using System.Globalization;
using System.Text.Json;
using Baton.Conversations.Inbound;

namespace Baton.Conversations.Tickets;

/// <summary>
/// The ticket as JSON, for <c>baton run</c> and the API:
/// <c>{"id","channel"?,"customer"?:{"id","email","name","verified","tier","recent_tickets"},"subject"?,
/// "body","headers"? | "messages":[{"from","text","headers"?}],"order_id"?,"created_at"?,"metadata"?}</c>.
/// Strict: an unknown field or a wrong type is a problem, because a misspelt field would be lost in silence.
/// </summary>
public static class TicketJson
{
    private static readonly string[] Known =
        ["id", "channel", "customer", "subject", "body", "messages", "order_id", "created_at", "metadata", "headers"];

    private static readonly string[] KnownOfCustomer = ["id", "email", "name", "verified", "tier", "recent_tickets"];

    /// <summary>
    /// ISO 8601 in full, so that nobody has to guess which number is the month; without a zone it is UTC.
    /// </summary>
    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyyMMdd'T'HHmmssK",
    ];

    /// <summary>Reads one ticket.</summary>
    /// <param name="json">The object.</param>
    /// <param name="defaultId">Id of a ticket that brings none; null makes the id required.</param>
    /// <param name="defaultChannel">Channel of a ticket that names none.</param>
    /// <param name="besides">Fields of the caller's own, which are left alone.</param>
    /// <exception cref="TicketFormatException">Something is missing, unknown or of the wrong type.</exception>
    public static InboundTicket Read(
        JsonElement json, string? defaultId, string defaultChannel, params string[] besides)
    {
        JsonUnicode.Check(json);
        Expect(json, JsonValueKind.Object, "the ticket", "an object");
        RejectUnknown(json, [.. Known, .. besides], "");
        var customer = Object(json, "customer");
        if (customer is { } c) RejectUnknown(c, KnownOfCustomer, "customer.");
        var id = Text(json, "id");
        return new InboundTicket
        {
            IdIsMade = id is null,
            TicketId = id ?? defaultId ?? throw new TicketFormatException("id", "is missing: every ticket needs one"),
            Channel = Text(json, "channel") ?? defaultChannel,
            CustomerId = customer is null ? null : Text(customer.Value, "id", "customer."),
            CustomerEmail = customer is null ? null : Text(customer.Value, "email", "customer."),
            CustomerName = customer is null ? null : Text(customer.Value, "name", "customer."),
            CustomerVerified = customer is { } who && Flag(who, "verified", "customer."),
            CustomerTier = customer is null ? null : Text(customer.Value, "tier", "customer."),
            RecentTickets = customer is null ? null : Count(customer.Value, "recent_tickets"),
            Subject = Text(json, "subject"),
            Messages = Messages(json),
            Fields = Fields(json),
            CreatedAt = Time(json),
        };
    }

    /// <summary>Reads one message: <c>{"text","from"?,"id"?,"headers"?}</c>.</summary>
    /// <param name="besides">Fields of the caller's own, which are left alone.</param>
    /// <exception cref="TicketFormatException">Something is missing, unknown or of the wrong type.</exception>
    public static (InboundText Message, string? ExternalId) ReadMessage(JsonElement json, params string[] besides)
    {
        JsonUnicode.Check(json);
        Expect(json, JsonValueKind.Object, "the message", "an object");
        RejectUnknown(json, ["id", "from", "text", "headers", .. besides], "");
        return (Message(json, ""), Text(json, "id"));
    }

    private static IReadOnlyList<InboundText> Messages(JsonElement json)
    {
        var body = Text(json, "body");
        if (!Has(json, "messages", out var messages))
            return body is not null || !string.IsNullOrWhiteSpace(Text(json, "subject"))
                ? [new InboundText(Author.Customer, body ?? "") { Headers = Headers(json, "") }]
                : throw new TicketFormatException("body", "is missing: send \"body\", or \"messages\"");
        if (body is not null) throw new TicketFormatException("messages", "and body are both there: send one of them");
        if (Has(json, "headers", out _))
            throw new TicketFormatException(
                "headers", "belong to one mail: put them into the entry of messages that came with them");
        Expect(messages, JsonValueKind.Array, "messages", "a list");
        return [.. messages.EnumerateArray().Select((m, i) =>
        {
            Expect(m, JsonValueKind.Object, $"messages[{i}]", "an object");
            RejectUnknown(m, ["from", "text", "headers"], $"messages[{i}].");
            return Message(m, $"messages[{i}].");
        })];
    }

    private static InboundText Message(JsonElement json, string at)
    {
        var from = Text(json, "from", at) ?? "customer";
        var author = from switch
        {
            "customer" => Author.Customer,
            "agent" => Author.Agent,
            _ => throw new TicketFormatException(at + "from", $"is '{from}': use customer or agent"),
        };
        return new InboundText(
            author, Text(json, "text", at) ?? throw new TicketFormatException(at + "text", "is missing"))
        {
            Headers = Headers(json, at),
        };
    }

    /// <summary>The mail's own headers by name; the last of several with one name counts.</summary>
    private static Dictionary<string, string> Headers(JsonElement json, string at)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!Has(json, "headers", out var given)) return headers;
        Expect(given, JsonValueKind.Object, at + "headers", "an object of texts");
        foreach (var header in given.EnumerateObject())
            headers[header.Name] = Text(given, header.Name, at + "headers.") ?? "";
        return headers;
    }

    /// <summary>
    /// Order id and plain values of metadata. Nested metadata is the sender's own business and left out.
    /// </summary>
    private static Dictionary<string, string> Fields(JsonElement json)
    {
        var fields = new Dictionary<string, string>();
        if (Object(json, "metadata") is { } metadata)
            foreach (var property in metadata.EnumerateObject())
                if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True
                    or JsonValueKind.False)
                    fields[property.Name] = property.Value.ToString();
        if (Text(json, "order_id") is { Length: > 0 } order) fields["order_id"] = order;
        return fields;
    }

    private static DateTimeOffset? Time(JsonElement json)
    {
        if (Text(json, "created_at") is not { } text) return null;
        return DateTimeOffset.TryParseExact(
                text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new TicketFormatException(
                "created_at", $"is '{(text.Length <= 40 ? text : text[..40] + "…")}': write ISO 8601, such as 2026-11-21T09:30:00Z");
    }

    private static int? Count(JsonElement json, string name) =>
        !Has(json, name, out var value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number
            : throw new TicketFormatException("customer." + name, $"is {Start(value)}: use a whole number from 0");

    private static bool Flag(JsonElement json, string name, string at)
    {
        if (!Has(json, name, out var value)) return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(value, at + name, "true or false");
    }

    private static string? Text(JsonElement json, string name, string at = "")
    {
        if (!Has(json, name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) throw Wrong(value, at + name, "a text");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new TicketFormatException(
                at + name, "is not valid Unicode: broken UTF-8, or half of a surrogate pair");
        }
    }

    private static JsonElement? Object(JsonElement json, string name)
    {
        if (!Has(json, name, out var value)) return null;
        Expect(value, JsonValueKind.Object, name, "an object");
        return value;
    }

    private static bool Has(JsonElement json, string name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static void Expect(JsonElement value, JsonValueKind kind, string field, string what)
    {
        if (value.ValueKind != kind) throw Wrong(value, field, what);
    }

    private static TicketFormatException Wrong(JsonElement value, string field, string what) =>
        new(field, $"is {Start(value)}: use {what}");

    private static void RejectUnknown(JsonElement json, string[] known, string at)
    {
        foreach (var property in json.EnumerateObject())
            if (!known.Contains(property.Name))
                throw new TicketFormatException(at + property.Name,
                    $"is not a field of a ticket; known here: {string.Join(", ", known)}. Put your own values under metadata");
    }

    private static string Start(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}

/// <summary>A ticket that cannot be read.</summary>
public sealed class TicketFormatException(string field, string problem) : Exception($"{field} {problem}")
{
    /// <summary>What is wrong.</summary>
    public string Field { get; } = field;

    /// <summary>With which value, and how to fix it.</summary>
    public string Problem { get; } = problem;
}
