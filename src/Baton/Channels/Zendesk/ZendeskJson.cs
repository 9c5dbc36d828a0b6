using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Zendesk;

/// <summary>
/// Bodies of Zendesk: webhooks of both kinds (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events,
/// and a trigger's own <c>{"ticket_id":"…"}</c>), tickets and comments
/// (developer.zendesk.com/api-reference/ticketing/tickets).
/// </summary>
internal static class ZendeskJson
{
    private const string EventPrefix = "zen:event-type:", TicketPrefix = "zen:event-type:ticket.";
    private const int LongestField = 500, LongestSubject = 2_000, MostFields = 50;

    /// <summary>What a webhook says has changed.</summary>
    /// <param name="own">Id of our own user.</param>
    public static ParsedRequest ReadWebhook(ReadOnlyMemory<byte> body, long own)
    {
        var json = VendorJson.Parse(body.Span);
        if (json.ValueKind != JsonValueKind.Object) return new ParsedRequest.Refused("body", "is no JSON object");
        var type = json.Text("type");
        // An event of another kind, or one that we brought about, is nothing to read for.
        if (type?.StartsWith(EventPrefix, StringComparison.Ordinal) == true
            && (!type.StartsWith(TicketPrefix, StringComparison.Ordinal) || json.Id("detail", "actor_id") == Text(own)))
            return new ParsedRequest.Arrived([]);
        var (field, id) = type is null ? ("ticket_id", json.Id("ticket_id")) : ("detail.id", json.Id("detail", "id"));
        return id is not null && IsId(id)
            ? new ParsedRequest.Arrived([new Arrival.Changed(id)])
            : new ParsedRequest.Refused(field, $"is missing or no number: send {field} of the ticket");
    }

    /// <summary>Whether something is an id of Zendesk's.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 19 && id.All(char.IsAsciiDigit);

    /// <summary>A ticket with its comments.</summary>
    /// <param name="ticket">Answer to <c>GET /api/v2/tickets/{id}?include=users</c>.</param>
    /// <param name="pages">Answers to <c>GET /api/v2/tickets/{id}/comments?include=users</c>, in order.</param>
    public static RemoteTicket Ticket(JsonElement ticket, IReadOnlyList<JsonElement> pages, ZendeskOptions options)
    {
        var users = pages.Append(ticket).SelectMany(page => page.Items("users"))
            .Where(user => user.Id("id") is not null).DistinctBy(user => user.Id("id"))
            .ToDictionary(user => user.Id("id")!);
        var json = ticket.At("ticket");
        var (id, requester) = (json.Id("id") ?? "", json.Id("requester_id"));
        var customer = requester is null ? default : users.GetValueOrDefault(requester);
        return new RemoteTicket
        {
            Opening = new InboundTicket
            {
                TicketId = "zendesk-" + id, ExternalId = id, CustomerId = customer.Text("external_id"),
                CustomerEmail = customer.Text("email"), CustomerName = customer.Text("name"),
                Subject = Cut(json.Text("subject"), LongestSubject), CreatedAt = json.Time("created_at"),
                Fields = Fields(json, options), Messages = [],
            },
            Entries =
            [
                .. pages.SelectMany(page => page.Items("comments"))
                    .Where(comment => comment.Id("id") is not null)
                    .Select(comment => Entry(comment, requester, users, options.UserId)),
            ],
            AssignedTo = json.Id("assignee_id") is { } person && person != Text(options.UserId) ? person : null,
            IsClosed = json.Text("status") is "solved" or "closed" or "deleted",
            Stars = json.Text("satisfaction_rating", "score") switch { "good" => 5, "bad" => 1, _ => null },
            Remark = json.Text("satisfaction_rating", "comment"),
        };
    }

    /// <summary>Body of an update.</summary>
    public static JsonObject Update(JsonObject ticket) => new() { ["ticket"] = ticket };

    /// <summary>What an update writes of a record: everything but its note.</summary>
    public static JsonObject Record(OutgoingRecord record, ZendeskOptions options)
    {
        if (record.IsClosed) return new JsonObject { ["status"] = "solved" };
        var ticket = new JsonObject { ["priority"] = record.Priority };
        // A new ticket that waits for people is open: somebody has looked at it.
        if (record.IsHandoff) ticket["status"] = "open";
        if (record.Queue is { } queue && record.IsHandoff
            && NameMap.Read(options.Groups).GetValueOrDefault(queue) is { } group)
            ticket["group_id"] = long.Parse(group, CultureInfo.InvariantCulture);
        var fields = new JsonArray();
        foreach (var (name, field) in NameMap.Read(options.Fields))
            if (RecordValues.Of(record, name) is { } value)
                fields.Add(new JsonObject
                {
                    ["id"] = long.Parse(field, CultureInfo.InvariantCulture), ["value"] = value,
                });
        if (fields.Count > 0) ticket["custom_fields"] = fields;
        return ticket;
    }

    /// <summary>Tags of a record.</summary>
    public static JsonArray Tags(OutgoingRecord record, string prefix) =>
    [
        prefix, $"{prefix}_{record.Outcome}", $"{prefix}_{record.Route}",
        .. record.Intent is { } intent ? (JsonNode[])[$"{prefix}_{intent}"] : [],
    ];

    /// <summary>Id of the comment that an update has added, else of its audit.</summary>
    public static string? Created(JsonElement reply) =>
        reply.Items("audit", "events").Where(e => e.Text("type") == "Comment").Select(e => e.Id("id"))
            .FirstOrDefault(id => id is not null) ?? reply.Id("audit", "id");

    private static RemoteEntry Entry(
        JsonElement comment, string? requester, Dictionary<string, JsonElement> users, long own)
    {
        var author = comment.Id("author_id");
        var role = author is null ? null : users.GetValueOrDefault(author).Text("role");
        var who = author == Text(own) ? EntryAuthor.Baton
            : role == "end-user" || author == requester ? EntryAuthor.Customer
            : EntryAuthor.Agent;
        return new RemoteEntry(
            comment.Id("id")!, who, comment.Text("plain_body") ?? comment.Text("body") ?? "",
            comment.IsTrue("public"), comment.Time("created_at") ?? DateTimeOffset.UnixEpoch, author)
        {
            Files = HelpdeskFiles.Of(comment.At("attachments"), "file_name", "content_url", "size"),
        };
    }

    /// <summary>Custom fields that are named and not our own.</summary>
    private static Dictionary<string, string> Fields(JsonElement ticket, ZendeskOptions options)
    {
        var values = ticket.Items("custom_fields").Where(f => f.Id("id") is not null).DistinctBy(f => f.Id("id"))
            .ToDictionary(f => f.Id("id")!, f => f.Id("value"));
        return NameMap.Read(options.Fields)
            .Where(f => !RecordValues.Names.Contains(f.Key) && values.GetValueOrDefault(f.Value) is not null)
            .Take(MostFields)
            .ToDictionary(f => f.Key, f => Cut(values[f.Value], LongestField)!);
    }

    private static string? Cut(string? text, int most) => text is null ? null : CutText.Of(text, most);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
