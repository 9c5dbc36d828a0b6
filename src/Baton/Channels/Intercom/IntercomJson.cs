using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Channels.Reading;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;
using Baton.Text.Words;

namespace Baton.Channels.Intercom;

/// <summary>
/// Bodies of Intercom: notifications (topics <c>conversation.…</c> and <c>ping</c>) and conversations, as the OpenAPI
/// description 2.15 of intercom/Intercom-OpenAPI has them. Times are seconds since 1970.
/// </summary>
internal static class IntercomJson
{
    private const int LongestSubject = 2_000, LongestId = 64, PerPage = 100;

    /// <summary>What a notification says has changed.</summary>
    /// <param name="own">Id of the teammate that Baton writes as.</param>
    public static ParsedRequest ReadWebhook(ReadOnlyMemory<byte> body, string own)
    {
        var json = VendorJson.Parse(body.Span);
        if (json.ValueKind != JsonValueKind.Object) return new ParsedRequest.Refused("body", "is no JSON object");
        if (json.Text("topic") is not { } topic)
            return new ParsedRequest.Refused("topic", "is missing: subscribe to conversation topics");
        if (!topic.StartsWith("conversation.", StringComparison.Ordinal)) return new ParsedRequest.Arrived([]);
        var item = json.At("data", "item");
        var last = item.Items("conversation_parts", "conversation_parts").LastOrDefault();
        if (topic.StartsWith("conversation.admin.", StringComparison.Ordinal) && last.Id("author", "id") == own)
            return new ParsedRequest.Arrived([]);
        return item.Id("id") is { } id && IsId(id)
            ? new ParsedRequest.Arrived([new Arrival.Changed(id)])
            : new ParsedRequest.Refused("data.item.id", "is missing or no id of a conversation");
    }

    /// <summary>Whether something is an id of Intercom's.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(char.IsAsciiLetterOrDigit);

    /// <summary>A conversation.</summary>
    public static RemoteTicket Ticket(JsonElement json, IntercomOptions options)
    {
        var (id, source) = (json.Id("id") ?? "", json.At("source"));
        var isCustomers = IsCustomer(source.Text("author", "type"));
        var opening = new RemoteEntry(
            $"source-{source.Id("id") ?? id}", Who(source.At("author"), options.AdminId), source.Text("body") ?? "",
            true, json.Time("created_at") ?? DateTimeOffset.UnixEpoch, source.Id("author", "id"))
        {
            Files = Files(source),
        };
        return new RemoteTicket
        {
            Opening = new InboundTicket
            {
                TicketId = "intercom-" + id, ExternalId = id,
                CustomerId = json.Items("contacts", "contacts").FirstOrDefault().Text("external_id"),
                CustomerEmail = isCustomers ? source.Text("author", "email") : null,
                CustomerName = isCustomers ? source.Text("author", "name") : null,
                Subject = source.Text("subject") is { } subject
                    ? CutText.Of(subject, LongestSubject) : null,
                CreatedAt = json.Time("created_at"), Messages = [],
            },
            Entries =
            [
                opening, .. json.Items("conversation_parts", "conversation_parts")
                    .Where(part => part.Id("id") is not null
                        && (part.Text("body") is not null || part.Items("attachments").Any()))
                    .Select(part => Entry(part, options.AdminId)),
            ],
            IsClosed = json.Text("state") == "closed",
            Team = json.Id("team_assignee_id"),
            // Nobody is null or 0, by the version of the API.
            AssignedTo = json.Id("admin_assignee_id") is { } person && person != "0" && person != options.AdminId
                ? person : null,
            Stars = json.Number("conversation_rating", "rating") is { } stars and >= 1 and <= 5 ? (int)stars : null,
            Remark = json.Text("conversation_rating", "remark"),
        };
    }

    /// <summary>Body of a search for what has changed (<c>POST /conversations/search</c>).</summary>
    public static JsonObject Search(ChangeMark look)
    {
        var pages = new JsonObject { ["per_page"] = PerPage };
        if (look.Page is { } after) pages["starting_after"] = after;
        return new JsonObject
        {
            ["query"] = new JsonObject
            {
                ["field"] = "updated_at", ["operator"] = ">", ["value"] = look.Since.ToUnixTimeSeconds(),
            },
            ["pagination"] = pages,
        };
    }

    /// <summary>Id of the last part of an answer, which is the whole conversation.</summary>
    public static string? Created(JsonElement reply) =>
        reply.Items("conversation_parts", "conversation_parts").LastOrDefault().Id("id");

    private static RemoteEntry Entry(JsonElement part, string own) => new(
        part.Id("id")!, Who(part.At("author"), own), part.Text("body") ?? "",
        part.Text("part_type")?.Contains("note", StringComparison.Ordinal) != true,
        part.Time("created_at") ?? DateTimeOffset.UnixEpoch, part.Id("author", "id"))
    {
        Files = Files(part),
    };

    /// <summary>
    /// As <c>part_attachment</c> has them; pictures in the text of a message are no files of it.
    /// </summary>
    private static IReadOnlyList<InboundAttachment> Files(JsonElement part) =>
        HelpdeskFiles.Of(part.At("attachments"), "name", "url", "filesize");

    private static EntryAuthor Who(JsonElement author, string own) =>
        IsCustomer(author.Text("type")) ? EntryAuthor.Customer
        : author.Id("id") == own ? EntryAuthor.Baton
        : EntryAuthor.Agent;

    private static bool IsCustomer(string? type) => type is "user" or "lead" or "contact" or "visitor";
}
