using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.Freshdesk;
using Baton.Operations.Vendors;
using Baton.Text;
using Microsoft.Net.Http.Headers;

namespace Baton.Testing.Vendors;

/// <summary>
/// Freshdesk. Specification read: developers.freshdesk.com/api in the copy of ktsaou/freshdesk_mcp (tickets,
/// conversations, reply, notes, satisfaction ratings, link header, rate limits, errors), and support article 132589 on
/// webhooks of automation rules, which sign nothing.
/// </summary>
public sealed class StandInFreshdesk(TimeProvider clock) : StandInHelpdesk(clock)
{
    /// <summary>What it expects: an invented key and password.</summary>
    public const string Key = "fd-key-of-nobody", Secret = "fd-password-of-nobody";

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["2"] = "Open", ["3"] = "Pending", ["4"] = "Resolved", ["5"] = "Closed",
    };

    protected override string OpenStatus => "2";

    protected override string ClosedStatus => "5";

    /// <summary>The channel, set up for this stand-in.</summary>
    public FreshdeskOptions Options => new()
    {
        Url = Address, ApiKey = Key, AgentId = long.Parse(BatonNumber, CultureInfo.InvariantCulture), Secrets = Secret,
        AllowPrivate = true, Timeout = TimeSpan.FromSeconds(5), Groups = "billing=8001",
        Fields = "order_id=cf_order, intent=cf_intent",
    };

    /// <summary>The simple mode of a rule: labels and strings, and nothing that tells who did it.</summary>
    public override InboundRequest Webhook(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what) => Sent(
        new JsonObject
        {
            ["freshdesk_webhook"] = new JsonObject
            {
                ["ticket_id"] = Long(ticket.Id), ["ticket_subject"] = ticket.Subject,
                ["ticket_status"] = Statuses[ticket.Status],
            },
        });

    /// <summary>The advanced mode with the documented template.</summary>
    public static InboundRequest Template(StandInTicket ticket) => Sent(new JsonObject { ["ticket_id"] = ticket.Id });

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (Download(request) is { } kept) return kept;
        if (request.Headers.GetValueOrDefault("Authorization") != "Basic " + Basic(Key, "X"))
            return Json(401, new JsonObject
            {
                ["code"] = "invalid_credentials", ["message"] = "You have to be logged in to perform this action.",
            });
        if (request.Path == "/api/v2/agents/me") return Json(200, new JsonObject { ["id"] = Long(BatonNumber) });
        if (request is { Method: "GET", Path: "/api/v2/tickets" }) return Changed(request);
        if (request.Path.Split(
            '/', StringSplitOptions.RemoveEmptyEntries) is not ["api", "v2", "tickets", var id, .. var rest]
            || Tickets.GetValueOrDefault(id) is not { } ticket) return new VendorResponse(404);
        if (request.Method == "POST" && rest is ["reply"]
            && request.Headers.GetValueOrDefault("Content-Type")?.StartsWith("multipart/", StringComparison.Ordinal) == true)
            return WriteForm(ticket, request);
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body));
        return (request.Method, rest) switch
        {
            ("GET", []) => Json(200, Ticket(ticket)),
            ("GET", ["conversations"]) => Conversations(ticket, request),
            ("GET", ["satisfaction_ratings"]) => Json(200, Ratings(ticket)),
            ("PUT", []) => Update(ticket, json),
            ("POST", ["reply"]) => Write(ticket, json, isPublic: true),
            ("POST", ["notes"]) => Write(ticket, json, isPublic: !json.IsTrue("private")),
            _ => new VendorResponse(404),
        };
    }

    /// <summary>The list with <c>updated_since</c>; pages of two.</summary>
    private VendorResponse Changed(VendorRequest request)
    {
        var since = DateTimeOffset.Parse(request.Query["updated_since"], CultureInfo.InvariantCulture);
        var page = int.Parse(request.Query.GetValueOrDefault("page", "1"), CultureInfo.InvariantCulture);
        var left = Tickets.Values.Where(t => t.UpdatedAt >= since).OrderBy(t => t.UpdatedAt).Skip((page - 1) * 2)
            .ToList();
        var answer = Json(200, new JsonArray([.. left.Take(2).Select(t => Ticket(t))]));
        return left.Count <= 2 ? answer : answer with
        {
            Headers = new Dictionary<string, string>
            {
                ["link"] = $"<{Address}api/v2/tickets?page={page + 1}>; rel=\"next\"",
            },
        };
    }

    private VendorResponse Update(StandInTicket ticket, JsonElement json)
    {
        foreach (var field in json.EnumerateObject())
            if (field.Name is not ("status" or "priority" or "tags" or "group_id" or "custom_fields"))
                return Invalid(field.Name, "Unexpected/invalid field in request", "invalid_field");
        if (json.Number("status") is { } status)
        {
            if (!Statuses.ContainsKey($"{status}"))
                return Invalid("status", "It should be one of these values: '2,3,4,5'", "invalid_value");
            ticket.Status = $"{status}";
        }
        if (json.Number("priority") is { } priority) ticket.Priority = $"{priority}";
        if (json.Id("group_id") is { } group) ticket.Group = group;
        if (json.At("tags").ValueKind == JsonValueKind.Array)
        {
            ticket.Tags.Clear();
            foreach (var tag in json.Items("tags")) ticket.Tags.Add(tag.GetString()!);
        }
        if (json.At("custom_fields") is { ValueKind: JsonValueKind.Object } fields)
            foreach (var field in fields.EnumerateObject()) ticket.Fields[field.Name] = field.Value.GetString()!;
        Tell(ticket, StandInAuthor.Baton, HelpdeskHappening.Changed);
        return Json(200, Ticket(ticket));
    }

    private VendorResponse Write(StandInTicket ticket, JsonElement json, bool isPublic)
    {
        if (json.Text("body") is not { } body) return Invalid("body", "It should be a/an String", "missing_field");
        return Json(201, Conversation(Add(ticket, StandInAuthor.Baton, body, isPublic)));
    }

    private VendorResponse WriteForm(StandInTicket ticket, VendorRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(
            MediaTypeHeaderValue.Parse(request.Headers["Content-Type"]).Boundary).ToString();
        var parts = request.Body.Split("--" + boundary).Select(part => part.Split("\r\n\r\n", 2))
            .Where(part => part.Length == 2).Select(part => (Head: part[0], Body: part[1][..^2])).ToList();
        var entry = Add(ticket, StandInAuthor.Baton, parts.First(p => p.Head.Contains("name=body", StringComparison.Ordinal)).Body, isPublic: true);
        foreach (var (head, body) in parts.Where(p => p.Head.Contains("attachments[]", StringComparison.Ordinal)))
            entry.Files.Add((head.Split("filename=")[1].Split(';', '\r')[0].Trim('"'),
                head.Split("Content-Type: ")[1].Split('\r')[0], body));
        return Json(201, Conversation(entry));
    }

    private VendorResponse Conversations(StandInTicket ticket, VendorRequest request)
    {
        var page = int.Parse(request.Query.GetValueOrDefault("page", "1"), CultureInfo.InvariantCulture);
        var size = int.Parse(request.Query.GetValueOrDefault("per_page", "30"), CultureInfo.InvariantCulture);
        if (size > 100) return Invalid(
            "per_page", "It should be a Positive Integer less than or equal to 100", "invalid_value");
        var rest = ticket.Entries.Skip(1 + (page - 1) * size).ToList();
        var answer = Json(200, new JsonArray([.. rest.Take(size).Select(entry => Conversation(entry))]));
        return rest.Count <= size ? answer : answer with
        {
            Headers = new Dictionary<string, string>
            {
                ["link"] = $"< {Address}api/v2/tickets/{ticket.Id}/conversations?page={page + 1}>; rel=\"next\"",
            },
        };
    }

    private JsonObject Ticket(StandInTicket ticket) => new()
    {
        ["id"] = Long(ticket.Id), ["subject"] = ticket.Subject,
            ["status"] = int.Parse(ticket.Status, CultureInfo.InvariantCulture),
        ["priority"] = int.Parse(ticket.Priority ?? "1", CultureInfo.InvariantCulture), ["source"] = 2,
        ["requester_id"] = Long(CustomerNumber), ["group_id"] = ticket.Group is null ? null : Long(ticket.Group),
        ["responder_id"] = ticket.Assignee is null ? null : Long(ticket.Assignee),
        ["attachments"] = Attachments(ticket.Entries[0]), ["description"] = $"<div>{ticket.Entries[0].Text}</div>", ["description_text"] = ticket.Entries[0].Text,
        ["tags"] = new JsonArray([.. ticket.Tags.Select(t => (JsonNode)t)]),
        ["custom_fields"] = new JsonObject(
            ticket.Fields.Select(f => new KeyValuePair<string, JsonNode?>(f.Key, f.Value))),
        ["created_at"] = Time(ticket.CreatedAt), ["updated_at"] = Time(ticket.UpdatedAt),
        ["requester"] = new JsonObject
        {
            ["id"] = Long(CustomerNumber), ["name"] = "Ada Example", ["email"] = ticket.Email, ["mobile"] = null,
                ["phone"] = null,
        },
    };

    private JsonObject Conversation(StandInEntry entry) => new()
    {
        ["id"] = Long(entry.Id), ["body"] = entry.Who == StandInAuthor.Baton ? entry.Text : $"<div>{entry.Text}</div>",
        ["body_text"] = HtmlText.Of(entry.Text), ["incoming"] = entry.Who == StandInAuthor.Customer,
        ["private"] = !entry.IsPublic, ["user_id"] = Long(Number(entry.Who)), ["source"] = entry.IsPublic ? 0 : 2,
        ["created_at"] = Time(entry.At), ["updated_at"] = Time(entry.At), ["attachments"] = Attachments(entry),
    };

    private JsonArray Attachments(StandInEntry entry) => Files(entry, "name", "attachment_url", "size", "content_type");

    private static JsonArray Ratings(StandInTicket ticket) => ticket.Stars is null ? [] :
    [
        new JsonObject
        {
            ["id"] = 102, ["survey_id"] = 1, ["feedback"] = ticket.Remark, ["ticket_id"] = Long(ticket.Id),
            ["ratings"] = new JsonObject
            {
                ["default_question"] = ticket.Stars switch { 5 => 103, 4 => 101, 3 => 100, 2 => -101, _ => -103 },
            },
        },
    ];

    private static InboundRequest Sent(JsonObject body) => new(
        Encoding.UTF8.GetBytes(body.ToJsonString()),
        new Dictionary<string, string> { ["Authorization"] = "Basic " + Basic(FreshdeskChannel.User, Secret) });

    private static VendorResponse Invalid(string field, string message, string code) => Json(400, new JsonObject
    {
        ["description"] = "Validation failed",
        ["errors"] = new JsonArray(new JsonObject { ["field"] = field, ["message"] = message, ["code"] = code }),
    });

    private static VendorResponse Json(int status, JsonNode body) => new(status, body.ToJsonString());

    private static string Basic(string user, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long Long(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
