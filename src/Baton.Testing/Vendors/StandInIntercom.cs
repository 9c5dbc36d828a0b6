using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.Intercom;
using Baton.Operations.Vendors;

namespace Baton.Testing.Vendors;

/// <summary>
/// Intercom. Specifications read: intercom/Intercom-OpenAPI descriptions/2.15 (conversations, reply, parts, tags,
/// rating, errors), developers.intercom.com on webhooks (envelope, <c>X-Hub-Signature</c>) and on rate limits (headers,
/// 429 without Retry-After).
/// </summary>
public sealed class StandInIntercom(TimeProvider clock) : StandInHelpdesk(clock)
{
    /// <summary>What it expects: an invented token and secret.</summary>
    public const string Token = "ic-token-of-nobody", Secret = "ic-secret-of-nobody";

    private static readonly Dictionary<string, string> TagNames = new()
    {
        ["11"] = "baton_replied", ["12"] = "baton_escalated", ["13"] = "baton_asked",
    };

    protected override string OpenStatus => "open";

    protected override string ClosedStatus => "closed";

    /// <summary>The channel, set up for this stand-in.</summary>
    public IntercomOptions Options => new()
    {
        Url = Address, Token = Token, AdminId = BatonNumber, Secrets = Secret, AllowPrivate = true,
        Timeout = TimeSpan.FromSeconds(5), Teams = "billing=8001", Tags = "replied=11, escalated=12, asked=13",
        Attributes = "intent=Baton intent",
    };

    /// <summary>With the part it is about alone, which a close has as well as a comment.</summary>
    public override InboundRequest Webhook(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what)
    {
        var item = Conversation(ticket, lastOnly: true);
        if (what is not (HelpdeskHappening.Opened or HelpdeskHappening.Written))
            item["conversation_parts"]!["conversation_parts"] = new JsonArray(new JsonObject
            {
                ["type"] = "conversation_part", ["id"] = $"p{ticket.UpdatedAt.Ticks}", ["part_type"] = "close",
                ["body"] = null, ["author"] = Author(ticket, by),
            });
        return Signed(new JsonObject
        {
            ["type"] = "notification_event", ["app_id"] = "a1", ["id"] = $"notif_{ticket.Id}_{ticket.UpdatedAt.Ticks}",
            ["topic"] = Topic(by, what), ["delivery_attempts"] = 1,
            ["created_at"] = ticket.UpdatedAt.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["type"] = "notification_event_data", ["item"] = item },
        });
    }

    /// <summary>What is sent when the address of the webhook is saved.</summary>
    public static InboundRequest Ping() => Signed(new JsonObject
    {
        ["type"] = "notification_event", ["topic"] = "ping", ["data"] = new JsonObject
        {
            ["type"] = "notification_event_data", ["item"] = new JsonObject { ["type"] = "ping" },
        },
    });

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (Download(request) is { } kept) return kept;
        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Token)
            return Error(401, "unauthorized", "Access Token Invalid");
        if (request.Path == "/me") return Json(new JsonObject { ["type"] = "admin", ["id"] = BatonNumber });
        if (request.Path == "/admins/" + BatonNumber)
            return Json(new JsonObject { ["type"] = "admin", ["id"] = BatonNumber });
        if (request is { Method: "POST", Path: "/conversations/search" }) return Search(request);
        if (request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["conversations", var id, .. var rest]
            || Tickets.GetValueOrDefault(id) is not { } ticket)
            return Error(404, "not_found", "Resource Not Found");
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body));
        switch (request.Method, rest)
        {
            case ("GET", []): break;
            case ("PUT", []):
                foreach (var attribute in json.At("custom_attributes").EnumerateObject())
                    ticket.Fields[attribute.Name] = attribute.Value.GetString()!;
                Tell(ticket, StandInAuthor.Baton, HelpdeskHappening.Changed);
                break;
            case ("POST", ["reply"]):
                if (json.Text("body") is not { } body || json.Id("admin_id") != BatonNumber)
                    return Error(400, "parameter_invalid", "body and admin_id are required");
                var entry = Add(ticket, StandInAuthor.Baton, body, json.Text("message_type") == "comment");
                foreach (var file in json.Items("attachment_files"))
                    entry.Files.Add((file.Text("name")!, file.Text("content_type")!,
                        Encoding.UTF8.GetString(Convert.FromBase64String(file.Text("data")!))));
                break;
            case ("POST", ["parts"]): Part(ticket, json.Text("message_type"), json.Id("assignee_id")); break;
            case ("POST", ["tags"]):
                if (TagNames.GetValueOrDefault(json.Id("id") ?? "") is not { } tag)
                    return Error(404, "not_found", "Tag not found");
                ticket.Tags.Add(tag);
                return Json(new JsonObject { ["type"] = "tag", ["id"] = json.Id("id"), ["name"] = tag });
            default: return Error(404, "not_found", "Resource Not Found");
        }
        return Json(Conversation(ticket, lastOnly: false));
    }

    /// <summary>By time alone, which is all that Baton asks for; pages of two.</summary>
    private VendorResponse Search(VendorRequest request)
    {
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body));
        if (json.Text("query", "field") != "updated_at" || json.Text("query", "operator") != ">"
            || json.Number("query", "value") is not { } since)
            return Error(400, "parameter_invalid", "query is not supported here");
        var after = int.Parse(json.Text("pagination", "starting_after") ?? "0", CultureInfo.InvariantCulture);
        var found = Tickets.Values.Where(t => t.UpdatedAt.ToUnixTimeSeconds() > since)
            .OrderByDescending(t => t.UpdatedAt).Skip(after).ToList();
        return Json(new JsonObject
        {
            ["type"] = "conversation.list", ["total_count"] = found.Count + after,
            ["conversations"] = new JsonArray([.. found.Take(2).Select(t => Conversation(t, lastOnly: true))]),
            ["pages"] = new JsonObject
            {
                ["type"] = "pages", ["next"] = found.Count <= 2 ? null : new JsonObject
                {
                    ["starting_after"] = $"{after + 2}",
                },
            },
        });
    }

    private void Part(StandInTicket ticket, string? kind, string? assignee)
    {
        switch (kind)
        {
            case "close": ticket.Status = "closed"; break;
            case "snoozed": ticket.Status = "snoozed"; break;
            case "open": ticket.Status = "open"; break;
            case "assignment": ticket.Group = assignee; break;
        }
        Tell(ticket, StandInAuthor.Baton, HelpdeskHappening.Changed);
    }

    private JsonObject Conversation(StandInTicket ticket, bool lastOnly)
    {
        var source = ticket.Entries[0];
        var parts = ticket.Entries.Skip(1).ToList();
        return new JsonObject
        {
            ["type"] = "conversation", ["id"] = ticket.Id, ["created_at"] = ticket.CreatedAt.ToUnixTimeSeconds(),
            ["updated_at"] = ticket.UpdatedAt.ToUnixTimeSeconds(), ["state"] = ticket.Status,
            ["open"] = ticket.Status == "open",
            ["source"] = new JsonObject
            {
                ["type"] = "conversation", ["id"] = source.Id, ["subject"] = ticket.Subject,
                    ["body"] = Html(source.Text),
                ["author"] = Author(ticket, source.Who), ["attachments"] = Uploads(source),
            },
            ["contacts"] = new JsonObject
            {
                ["type"] = "contact.list",
                ["contacts"] = new JsonArray(
                    new JsonObject { ["type"] = "contact", ["id"] = "c1", ["external_id"] = "c-1" }),
            },
            ["admin_assignee_id"] = ticket.Assignee is null ? null
                : long.Parse(ticket.Assignee, CultureInfo.InvariantCulture),
            ["team_assignee_id"] = ticket.Group is null ? null : long.Parse(ticket.Group, CultureInfo.InvariantCulture),
            ["conversation_rating"] = ticket.Stars is null ? null : new JsonObject
            {
                ["rating"] = ticket.Stars, ["remark"] = ticket.Remark,
            },
            ["conversation_parts"] = new JsonObject
            {
                ["type"] = "conversation_part.list",
                ["conversation_parts"] = new JsonArray(
                    [.. (lastOnly ? parts.TakeLast(1) : parts).Select(entry => Part(ticket, entry))]),
                ["total_count"] = parts.Count,
            },
        };
    }

    private JsonObject Part(StandInTicket ticket, StandInEntry entry) => new()
    {
        ["type"] = "conversation_part", ["id"] = entry.Id, ["part_type"] = entry.IsPublic ? "comment" : "note",
        // What Baton sent is HTML already.
        ["body"] = entry.Who == StandInAuthor.Baton ? entry.Text : Html(entry.Text),
        ["created_at"] = entry.At.ToUnixTimeSeconds(), ["author"] = Author(ticket, entry.Who),
        ["attachments"] = Uploads(entry),
    };

    private JsonArray Uploads(StandInEntry entry) => Files(entry, "name", "url", "filesize", "content_type");

    private static JsonObject Author(StandInTicket ticket, StandInAuthor who) => who == StandInAuthor.Customer
        ? new JsonObject { ["type"] = "user", ["id"] = CustomerNumber, ["name"] = "Ada Example",
            ["email"] = ticket.Email }
        : new JsonObject { ["type"] = "admin", ["id"] = Number(who), ["name"] = $"{who}",
            ["email"] = "team@acme.example" };

    private static string Topic(StandInAuthor by, HelpdeskHappening what) => (by, what) switch
    {
        (StandInAuthor.Customer, HelpdeskHappening.Opened) => "conversation.user.created",
        (StandInAuthor.Customer, HelpdeskHappening.Written) => "conversation.user.replied",
        (_, HelpdeskHappening.Rated) => "conversation.rating.added",
        (_, HelpdeskHappening.Closed) => "conversation.admin.closed",
        (_, HelpdeskHappening.Written) => "conversation.admin.replied",
        _ => "conversation.admin.assigned",
    };

    private static string Html(string text) => $"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>";

    private static InboundRequest Signed(JsonObject body)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return new InboundRequest(bytes, new Dictionary<string, string>
        {
            [IntercomChannel.Signature] = IntercomChannel.Sign(Secret, bytes),
        });
    }

    private static VendorResponse Json(JsonObject body) => new(200, body.ToJsonString());

    private static VendorResponse Error(int status, string code, string message) => new(status, new JsonObject
    {
        ["type"] = "error.list", ["request_id"] = "r-1",
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }),
    }.ToJsonString());
}
