using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels.Helpdesks;
using Baton.Conversations.Approvals;
using Baton.Operations.Vendors;

namespace Baton.Channels.Slack;

/// <summary>
/// Bodies of Slack: clicks in (a form whose one field <c>payload</c> is JSON, docs.slack.dev on block actions),
/// messages of blocks out. No personal data leaves in them.
/// </summary>
internal static class SlackJson
{
    /// <summary>Names of the buttons.</summary>
    public const string Claim = "claim", Open = "open", Approve = "approve", Refuse = "refuse";

    /// <summary>Whoever clicks is shown a warning for anything but a 200.</summary>
    private static readonly InboundAnswer Empty = new("text/plain", "");

    private const string Field = "payload=";
    private const int LongestSection = 2_900, MostSections = 20, LongestId = 128;

    /// <summary>What a click asks for.</summary>
    /// <param name="people">Persons of Baton by user of Slack.</param>
    /// <param name="tell">Tells a user something that nobody else sees.</param>
    public static ParsedRequest Read(
        ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> people,
        Func<string, string, CancellationToken, Task>? tell = null)
    {
        var field = Encoding.UTF8.GetString(body.Span).Split('&')
            .FirstOrDefault(part => part.StartsWith(Field, StringComparison.Ordinal));
        if (field is null) return new ParsedRequest.Refused(
            "payload", "is missing: set this address for interactivity");
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(WebUtility.UrlDecode(field[Field.Length..])));
        if (json.ValueKind != JsonValueKind.Object) return new ParsedRequest.Refused("payload", "is no JSON object");
        var action = json.Items("actions").FirstOrDefault();
        // A button that only opens an address is told of as well.
        var pressed = json.Text("type") == "block_actions" ? action.Text("action_id") : null;
        if (pressed is not (Claim or Approve or Refuse))
            return new ParsedRequest.Arrived([]) { Answer = Empty };
        if (action.Text("value") is not { Length: <= LongestId } id)
            return new ParsedRequest.Refused("actions.value", "is no ticket");
        return json.Text("user", "id") is { } user && people.GetValueOrDefault(user) is { } person
            ? new ParsedRequest.Arrived(
                [pressed == Claim ? new Arrival.Claimed(id, person)
                    : new Arrival.Decided(id, person, pressed == Approve)
                    {
                        Tell = tell is null ? null : (text, cancellationToken) => tell(user, text, cancellationToken),
                    }]) { Answer = Empty }
            : new ParsedRequest.Refused(
                "user.id", "is nobody who may claim here: add the user to BATON__Channels__Slack__People");
    }

    public static JsonObject Notice(OutgoingNotice notice) => Message(
        $"{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{notice.Urgency}")}: {notice.Title}", notice.Text,
        notice.IdempotencyKey, notice.Group.StartsWith(ApprovalDesk.Group, StringComparison.Ordinal)
            ? [Button("Approve", Approve, notice.Group[ApprovalDesk.Group.Length..], null),
                Button("Refuse", Refuse, notice.Group[ApprovalDesk.Group.Length..], null)]
            : []);

    /// <param name="link">Where the ticket can be opened; null where nobody knows the address.</param>
    public static JsonObject Handoff(OutgoingRecord record, string? link)
    {
        JsonNode[] buttons = record.IsHandoff
            ? [Button("Claim", Claim, record.TicketId, null), .. link is null ? (JsonNode[])[]
                : [Button("Open", Open, null, link)]]
            : [];
        var state = record.Outcome switch
        {
            "claimed" => $"claimed by {record.By}",
            OutgoingRecord.Closed => "closed",
            _ => "waits for a person",
        };
        return Message($"{RouteList.Title(record)} – {state}", record.IsHandoff ? record.Why ?? "" : "",
            record.IdempotencyKey, buttons);
    }

    private static JsonObject Message(string title, string text, string key, JsonNode[] buttons)
    {
        var blocks = new JsonArray([.. Sections($"*{Escaped(title)}*\n{Escaped(text)}".TrimEnd())]);
        if (buttons.Length > 0)
            blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(buttons) });
        return new JsonObject
        {
            ["text"] = title, ["blocks"] = blocks, ["unfurl_links"] = false,
            ["metadata"] = new JsonObject
            {
                ["event_type"] = "baton_message", ["event_payload"] = new JsonObject { ["id"] = key },
            },
        };
    }

    /// <summary>A section takes so much text; a longer one goes on, at the end of a line, in the next.</summary>
    private static IEnumerable<JsonNode> Sections(string text)
    {
        for (var sections = 1; text.Length > LongestSection && sections < MostSections; sections++)
        {
            var end = text.LastIndexOf('\n', LongestSection) is var line and > 0 ? line : Whole(text);
            yield return Section(text[..end]);
            text = text[end..].TrimStart('\n');
        }
        if (text.Length > 0) yield return Section(text.Length <= LongestSection ? text : text[..Whole(text)] + "…");
    }

    /// <summary>An end that parts no escaped character and no pair of surrogates.</summary>
    private static int Whole(string text)
    {
        var end = LongestSection;
        if (text.LastIndexOf('&', end - 1, 5) is var open and > 0 && text.IndexOf(';', open, end - open) < 0)
            end = open;
        return char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    private static JsonObject Section(string text) => new()
    {
        ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text },
    };

    private static JsonObject Button(string label, string action, string? value, string? url)
    {
        var button = new JsonObject
        {
            ["type"] = "button", ["action_id"] = action,
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = label },
        };
        if (value is not null) button["value"] = value;
        if (url is not null) button["url"] = url;
        return button;
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
