using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Freshdesk;

/// <summary>
/// Bodies of Freshdesk's API v2 (developers.freshdesk.com/api): tickets, conversations, satisfaction ratings; and what
/// an automation rule sends, in its simple mode or as our own template.
/// </summary>
internal static class FreshdeskJson
{
    private const int LongestSubject = 2_000, LongestField = 500, MostFields = 50, OutboundEmail = 10;

    private const int Open = 2, Resolved = 4, Closed = 5;

    /// <summary>Which ticket a rule was about. Nothing else of it is read: texts could break its JSON.</summary>
    public static ParsedRequest ReadWebhook(ReadOnlyMemory<byte> body)
    {
        var json = VendorJson.Parse(body.Span);
        if (json.ValueKind != JsonValueKind.Object) return new ParsedRequest.Refused("body", "is no JSON object");
        return (json.Id("ticket_id") ?? json.Id("freshdesk_webhook", "ticket_id")) is { } id && IsId(id)
            ? new ParsedRequest.Arrived([new Arrival.Changed(id)])
            : new ParsedRequest.Refused("ticket_id", "is missing or no number: send {\"ticket_id\":\"{{ticket.id}}\"}");
    }

    /// <summary>Whether something is an id of Freshdesk's.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 19 && id.All(char.IsAsciiDigit);

    /// <summary>A ticket with its conversations.</summary>
    /// <param name="ticket">Answer to <c>GET /api/v2/tickets/{id}?include=requester</c>.</param>
    /// <param name="pages">Answers to <c>GET /api/v2/tickets/{id}/conversations</c>, in order.</param>
    /// <param name="ratings">Answer to <c>GET /api/v2/tickets/{id}/satisfaction_ratings</c>, or undefined.</param>
    public static RemoteTicket Ticket(
        JsonElement ticket, IReadOnlyList<JsonElement> pages, JsonElement ratings, FreshdeskOptions options)
    {
        var (id, requester) = (ticket.Id("id") ?? "", ticket.Id("requester_id"));
        var rating = ratings.Items().LastOrDefault();
        return new RemoteTicket
        {
            Opening = new InboundTicket
            {
                TicketId = "freshdesk-" + id, ExternalId = id,
                    CustomerId = ticket.Text("requester", "unique_external_id"),
                CustomerEmail = ticket.Text("requester", "email"), CustomerName = ticket.Text("requester", "name"),
                Subject = Cut(ticket.Text("subject"), LongestSubject), CreatedAt = ticket.Time("created_at"),
                Fields = Fields(ticket, options), Messages = [],
            },
            Entries =
            [
                new RemoteEntry(
                    $"description-{id}", IsFromUs(ticket) ? EntryAuthor.Agent : EntryAuthor.Customer,
                    ticket.Text("description_text") ?? ticket.Text("description") ?? "", true,
                    ticket.Time("created_at") ?? DateTimeOffset.UnixEpoch, requester) { Files = Files(ticket) },
                .. pages.SelectMany(page => page.Items()).Where(entry => entry.Id("id") is not null)
                    .Select(entry => Entry(entry, requester, options.AgentId)),
            ],
            AssignedTo = ticket.Id("responder_id") is { } person
                && person != options.AgentId.ToString(CultureInfo.InvariantCulture) ? person : null,
            IsClosed = ticket.Number("status") is Resolved or Closed,
            Tags = [.. ticket.Items("tags").Select(tag => tag.Text()).OfType<string>()],
            Stars = rating.Number("ratings", "default_question") is { } mark ? Stars((int)mark) : null,
            Remark = rating.Text("feedback"),
        };
    }

    /// <summary>What an update writes of a record: everything but its note.</summary>
    public static JsonObject Record(OutgoingRecord record, RemoteTicket there, FreshdeskOptions options)
    {
        if (record.IsClosed) return new JsonObject { ["status"] = Resolved };
        var ticket = new JsonObject
        {
            ["priority"] = record.Priority switch { "low" => 1, "high" => 3, "urgent" => 4, _ => 2 },
            // Tags replace: those of people are sent back with ours.
            ["tags"] = new JsonArray([.. there.Tags.Union(Tags(record, options.TagPrefix)).Select(t => (JsonNode)t)]),
        };
        if (record.IsHandoff) ticket["status"] = Open;
        if (record is { IsHandoff: true, Queue: { } queue }
            && NameMap.Read(options.Groups).GetValueOrDefault(queue) is { } group)
            ticket["group_id"] = long.Parse(group, CultureInfo.InvariantCulture);
        var fields = new JsonObject();
        foreach (var (name, field) in NameMap.Read(options.Fields))
            if (RecordValues.Of(record, name) is { } value) fields[field] = value;
        if (fields.Count > 0) ticket["custom_fields"] = fields;
        return ticket;
    }

    private static IEnumerable<string> Tags(OutgoingRecord record, string prefix)
    {
        yield return prefix;
        yield return $"{prefix}_{record.Outcome}";
        yield return $"{prefix}_{record.Route}";
        if (record.Intent is { } intent) yield return $"{prefix}_{intent}";
    }

    /// <summary>Seven steps of the new surveys, three of the classic ones.</summary>
    private static int? Stars(int mark) => mark switch
    {
        103 or 102 or 1 => 5,
        101 => 4,
        100 or 2 => 3,
        -101 => 2,
        -102 or -103 or 3 => 1,
        _ => null,
    };

    private static bool IsFromUs(JsonElement ticket) => ticket.Number("source") is OutboundEmail;

    private static RemoteEntry Entry(JsonElement entry, string? requester, long own)
    {
        var user = entry.Id("user_id");
        var who = user == own.ToString(CultureInfo.InvariantCulture) ? EntryAuthor.Baton
            : entry.IsTrue("incoming") || user == requester ? EntryAuthor.Customer
            : EntryAuthor.Agent;
        return new RemoteEntry(
            entry.Id("id")!, who, entry.Text("body_text") ?? entry.Text("body") ?? "", !entry.IsTrue("private"),
            entry.Time("created_at") ?? DateTimeOffset.UnixEpoch, user) { Files = Files(entry) };
    }

    private static IReadOnlyList<InboundAttachment> Files(JsonElement json) =>
        HelpdeskFiles.Of(json.At("attachments"), "name", "attachment_url", "size");

    /// <summary>Custom fields that are named and not our own.</summary>
    private static Dictionary<string, string> Fields(JsonElement ticket, FreshdeskOptions options) =>
        NameMap.Read(options.Fields)
            .Where(f => !RecordValues.Names.Contains(f.Key) && ticket.Id("custom_fields", f.Value) is not null)
            .Take(MostFields)
            .ToDictionary(f => f.Key, f => Cut(ticket.Id("custom_fields", f.Value), LongestField)!);

    private static string? Cut(string? text, int most) => text is null ? null : CutText.Of(text, most);
}
