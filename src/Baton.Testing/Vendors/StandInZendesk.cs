using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.Zendesk;
using Baton.Operations.Vendors;
using Baton.Text;

namespace Baton.Testing.Vendors;

/// <summary>
/// Zendesk Support. Specifications read: developer.zendesk.com/documentation/webhooks/verifying (signature),
/// …/api-reference/webhooks/event-types/ticket-events (envelope and detail), the ticketing OpenAPI files of
/// api-evangelist/zendesk (tickets, comments, tags, cursor pages, incremental export), and
/// …/api-reference/introduction/rate-limits (headers, 429).
/// </summary>
public sealed class StandInZendesk(TimeProvider clock) : StandInHelpdesk(clock)
{
    /// <summary>What it expects: an invented user, key and secret.</summary>
    public const string Email = "baton@acme.example", Token = "zd-token-of-nobody", Secret = "zd-secret-of-nobody";

    private readonly Dictionary<string, (string, string, string)> _uploads = [];

    /// <summary>Calls that are left in this minute; null: as many as anybody likes.</summary>
    public int? CallsLeft { get; set; }

    /// <summary>Seconds until the minute is over.</summary>
    public int Reset { get; set; } = 41;

    /// <summary>Comments on a page; the vendor takes up to 100.</summary>
    public int PageSize { get; set; } = 100;

    protected override string OpenStatus => "open";

    protected override string ClosedStatus => "solved";

    /// <summary>The channel, set up for this stand-in.</summary>
    public ZendeskOptions Options => new()
    {
        Url = Address, Email = Email, Token = Token, UserId = long.Parse(BatonNumber, CultureInfo.InvariantCulture),
        Secrets = Secret, AllowPrivate = true, Timeout = TimeSpan.FromSeconds(5), Groups = "billing=8001, orders=8002",
        Fields = "order_id=9001, intent=9002, confidence=9003",
    };

    public override InboundRequest Webhook(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what) =>
        Signed(Event(ticket, by, what), Clock.GetUtcNow());

    public override InboundRequest Webhook(StandInTicket ticket, DateTimeOffset at) =>
        Signed(Event(ticket, StandInAuthor.Customer, HelpdeskHappening.Opened), at);

    /// <summary>What a trigger of an administrator sends, who wrote its body.</summary>
    public InboundRequest Trigger(StandInTicket ticket) =>
        Signed(new JsonObject { ["ticket_id"] = ticket.Id }.ToJsonString(), Clock.GetUtcNow());

    protected override VendorResponse Answer(VendorRequest request)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}/token:{Token}"));
        if (request.Headers.GetValueOrDefault("Authorization") != "Basic " + basic)
            return Json(401, new JsonObject { ["error"] = "Couldn't authenticate you" });
        // Attachments of this account are for who is logged in.
        if (Download(request) is { } kept) return kept;
        if (CallsLeft == 0)
            return new VendorResponse(429, "Too Many Requests")
            {
                ContentType = "text/plain", Headers = new Dictionary<string, string>
                {
                    ["Retry-After"] = Reset.ToString(CultureInfo.InvariantCulture),
                },
            };
        CallsLeft--;
        return Route(request);
    }

    private VendorResponse Route(VendorRequest request)
    {
        if (request.Path == "/api/v2/incremental/tickets/cursor") return Export(request);
        if (request is { Method: "POST", Path: "/api/v2/uploads" }) return Upload(request);
        if (request.Path == "/api/v2/users/me")
            return Json(200, new JsonObject { ["user"] = new JsonObject { ["id"] = Long(BatonNumber) } });
        if (request.Path.Split(
            '/', StringSplitOptions.RemoveEmptyEntries) is not ["api", "v2", "tickets", var id, .. var rest])
            return Error(404, "InvalidEndpoint", "Not found");
        if (Tickets.GetValueOrDefault(id) is not { } ticket) return Error(404, "RecordNotFound", "Not found");
        return (request.Method, rest) switch
        {
            ("GET", []) => Json(200, new JsonObject { ["ticket"] = Ticket(ticket), ["users"] = Users(ticket) }),
            ("GET", ["comments"]) => Comments(ticket, request),
            ("PUT", ["tags"]) => AddTags(ticket, request),
            ("PUT", []) => Update(ticket, request),
            _ => Error(404, "InvalidEndpoint", "Not found"),
        };
    }

    private VendorResponse Upload(VendorRequest request)
    {
        if (request.Query.GetValueOrDefault("filename") is not { Length: > 0 } name)
            return Error(422, "RecordInvalid", "filename is required");
        var token = $"token-{_uploads.Count + 1}";
        _uploads[token] = (name, request.Headers.GetValueOrDefault("Content-Type") ?? "", request.Body);
        return Json(201, new JsonObject
        {
            ["upload"] = new JsonObject { ["token"] = token, ["attachment"] = new JsonObject { ["file_name"] = name } },
        });
    }

    private VendorResponse Comments(StandInTicket ticket, VendorRequest request)
    {
        var after = int.Parse(request.Query.GetValueOrDefault("page[after]", "0"), CultureInfo.InvariantCulture);
        var page = ticket.Entries.Skip(after).Take(PageSize).ToList();
        var hasMore = after + page.Count < ticket.Entries.Count;
        var cursor = (after + page.Count).ToString(CultureInfo.InvariantCulture);
        return Json(200, new JsonObject
        {
            ["comments"] = new JsonArray([.. page.Select(e => Comment(e))]), ["users"] = Users(ticket),
            ["meta"] = new JsonObject { ["has_more"] = hasMore, ["after_cursor"] = hasMore ? cursor : null },
            ["links"] = new JsonObject
            {
                ["next"] = !hasMore ? null
                    : $"{Address}api/v2/tickets/{ticket.Id}/comments?include=users&page[size]=100&page[after]={cursor}",
            },
        });
    }

    private VendorResponse AddTags(StandInTicket ticket, VendorRequest request)
    {
        foreach (var tag in VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body)).Items("tags"))
            ticket.Tags.Add(tag.GetString()!);
        Tell(ticket, StandInAuthor.Baton, HelpdeskHappening.Changed);
        return Json(200, new JsonObject { ["tags"] = new JsonArray([.. ticket.Tags.Select(t => (JsonNode)t)]) });
    }

    private VendorResponse Update(StandInTicket ticket, VendorRequest request)
    {
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body)).At("ticket");
        if (ticket.Status == "closed")
            return Error(422, "RecordInvalid", "Record validation errors", new JsonObject
            {
                ["status"] = new JsonArray(
                    new JsonObject { ["description"] = "Status: closed prevents ticket update" }),
            });
        ticket.Status = json.Text("status") ?? ticket.Status;
        ticket.Priority = json.Text("priority") ?? ticket.Priority;
        ticket.Group = json.Id("group_id") ?? ticket.Group;
        foreach (var field in json.Items("custom_fields")) ticket.Fields[field.Id("id")!] = field.Text("value") ?? "";
        var events = new JsonArray();
        if ((json.Text("comment", "html_body") is { } html ? HtmlText.Of(html) : json.Text("comment", "body")) is { } body)
        {
            var entry = Add(ticket, StandInAuthor.Baton, body, json.IsTrue("comment", "public"));
            foreach (var token in json.Items("comment", "uploads").Select(u => u.GetString()!))
                entry.Files.Add(_uploads[token]);
            events.Add(new JsonObject
            {
                ["id"] = Long(entry.Id), ["type"] = "Comment", ["body"] = body, ["public"] = entry.IsPublic,
            });
        }
        else Tell(ticket, StandInAuthor.Baton, HelpdeskHappening.Changed);
        return Json(200, new JsonObject
        {
            ["ticket"] = Ticket(ticket),
            ["audit"] = new JsonObject { ["id"] = 1, ["ticket_id"] = Long(ticket.Id), ["events"] = events },
        });
    }

    /// <summary>The cursor is opaque: here the time and number of the last ticket of its page.</summary>
    private VendorResponse Export(VendorRequest request)
    {
        var from = request.Query.GetValueOrDefault("cursor") is { } given
            ? given.Split('-') : [(long.Parse(request.Query["start_time"], CultureInfo.InvariantCulture) * 1_000).ToString(CultureInfo.InvariantCulture), "0"];
        var (at, id) = (Long(from[0]), Long(from[1]));
        var left = Tickets.Values.Select(t => (Ticket: t, At: t.UpdatedAt.ToUnixTimeMilliseconds(), Id: Long(t.Id)))
            .Where(t => t.At > at || t.At == at && t.Id > id).OrderBy(t => t.At).ThenBy(t => t.Id).ToList();
        var page = left.Take(PageSize).ToList();
        var cursor = page.Count == 0 ? string.Join('-', from) : $"{page[^1].At}-{page[^1].Id}";
        return Json(200, new JsonObject
        {
            ["tickets"] = new JsonArray([.. page.Select(t => Ticket(t.Ticket))]), ["after_cursor"] = cursor,
            ["after_url"] = $"{Address}api/v2/incremental/tickets/cursor?cursor={cursor}",
            ["before_cursor"] = null, ["before_url"] = null, ["end_of_stream"] = page.Count == left.Count,
        });
    }

    private static JsonObject Ticket(StandInTicket ticket) => new()
    {
        ["id"] = Long(ticket.Id), ["subject"] = ticket.Subject, ["status"] = ticket.Status,
        ["priority"] = ticket.Priority, ["requester_id"] = Long(CustomerNumber),
        ["group_id"] = ticket.Group is null ? null : Long(ticket.Group),
        ["assignee_id"] = ticket.Assignee is null ? null : Long(ticket.Assignee),
        ["tags"] = new JsonArray([.. ticket.Tags.Select(t => (JsonNode)t)]),
        ["custom_fields"] = new JsonArray(
            [.. ticket.Fields.Select(f => new JsonObject { ["id"] = Long(f.Key), ["value"] = f.Value })]),
        ["created_at"] = ticket.CreatedAt.UtcDateTime.ToString("O"),
        ["updated_at"] = ticket.UpdatedAt.UtcDateTime.ToString("O"),
        ["satisfaction_rating"] = new JsonObject
        {
            ["score"] = ticket.Stars is null ? "unoffered" : ticket.Stars >= 4 ? "good" : "bad",
            ["comment"] = ticket.Remark,
        },
        ["via"] = new JsonObject { ["channel"] = "web" },
    };

    private JsonObject Comment(StandInEntry entry) => new()
    {
        ["id"] = Long(entry.Id), ["type"] = "Comment", ["author_id"] = Long(Number(entry.Who)),
        ["body"] = entry.Text, ["html_body"] = $"<div><p>{entry.Text}</p></div>", ["plain_body"] = entry.Text,
        ["public"] = entry.IsPublic, ["created_at"] = entry.At.UtcDateTime.ToString("O"),
        ["attachments"] = Files(entry, "file_name", "content_url", "size", "content_type"),
    };

    private static JsonArray Users(StandInTicket ticket) =>
    [
        new JsonObject
        {
            ["id"] = Long(CustomerNumber), ["name"] = "Ada Example", ["email"] = ticket.Email, ["role"] = "end-user",
        },
        new JsonObject { ["id"] = Long(AgentNumber), ["name"] = "Tess", ["role"] = "agent" },
        new JsonObject { ["id"] = Long(BatonNumber), ["name"] = "Baton", ["role"] = "agent" },
    ];

    private static string Event(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what) => new JsonObject
    {
        ["type"] = "zen:event-type:ticket." + what switch
        {
            HelpdeskHappening.Opened => "created",
            HelpdeskHappening.Written => "comment_added",
            HelpdeskHappening.Closed => "status_changed",
            _ => "tags_changed",
        },
        ["account_id"] = 22129848, ["id"] = $"{ticket.Id}-{ticket.UpdatedAt.Ticks}",
        ["time"] = ticket.UpdatedAt.UtcDateTime.ToString("O"), ["zendesk_event_version"] = "2022-06-20",
        ["subject"] = "zen:ticket:" + ticket.Id,
        ["detail"] = new JsonObject
        {
            ["id"] = ticket.Id, ["actor_id"] = Number(by), ["requester_id"] = CustomerNumber,
            ["status"] = ticket.Status.ToUpperInvariant(), ["subject"] = ticket.Subject,
        },
        ["event"] = new JsonObject(),
    }.ToJsonString();

    private static InboundRequest Signed(string body, DateTimeOffset at)
    {
        var (bytes, time) = (
            Encoding.UTF8.GetBytes(body),
            at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return new InboundRequest(bytes, new Dictionary<string, string>
        {
            [ZendeskSignature.Timestamp] = time,
                [ZendeskSignature.Signature] = ZendeskSignature.Sign(Secret, time, bytes),
        });
    }

    private VendorResponse Json(int status, JsonObject body) => new(status, body.ToJsonString())
    {
        Headers = CallsLeft is not { } left ? new Dictionary<string, string>() : new()
        {
            ["ratelimit-limit"] = "100", ["ratelimit-remaining"] = left.ToString(CultureInfo.InvariantCulture),
            ["ratelimit-reset"] = Reset.ToString(CultureInfo.InvariantCulture),
        },
    };

    private VendorResponse Error(int status, string error, string description, JsonObject? details = null) =>
        Json(status, new JsonObject { ["error"] = error, ["description"] = description, ["details"] = details });

    private static long Long(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
