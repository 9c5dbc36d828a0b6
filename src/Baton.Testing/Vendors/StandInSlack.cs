using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.Slack;
using Baton.Operations.Vendors;

namespace Baton.Testing.Vendors;

/// <summary>
/// Slack. Specifications read: api.slack.com on verifying requests and rate limits, docs.slack.dev on block actions,
/// chat.postMessage, chat.update and message metadata. Failures come with 200.
/// </summary>
public sealed class StandInSlack : StandInVendor
{
    private int _uploaded;

    /// <summary>What it expects: an invented token, channel and secret.</summary>
    public const string Token = "slack-token-of-nobody", Channel = "C0001", Secret = "slack-secret-of-nobody";

    /// <summary>Messages by their time, as they read now.</summary>
    public Dictionary<string, JsonElement> Messages { get; } = [];

    /// <summary>What was told to one user alone, with the user.</summary>
    public List<(string User, string Text)> Whispers { get; } = [];

    /// <summary>Size of the pictures under messages, by their time.</summary>
    public Dictionary<string, int> Pictures { get; } = [];

    /// <summary>The channel, set up for this stand-in.</summary>
    public SlackOptions Options => new()
    {
        Url = Address, Token = Token, Channel = Channel, Secrets = Secret, People = "U1=tess",
            Routes = "l1 l2 l3 human_now",
        AllowPrivate = true, Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>A click as Slack sends it.</summary>
    public static InboundRequest Click(string ticket, DateTimeOffset at, string user = "U1", string action = "claim")
    {
        var payload = new JsonObject
        {
            ["type"] = "block_actions", ["user"] = new JsonObject { ["id"] = user, ["username"] = "x" },
            ["container"] = new JsonObject { ["type"] = "message", ["channel_id"] = Channel },
            ["actions"] = new JsonArray(
                new JsonObject { ["type"] = "button", ["action_id"] = action, ["value"] = ticket }),
        };
        var body = Encoding.UTF8.GetBytes("payload=" + WebUtility.UrlEncode(payload.ToJsonString()));
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new InboundRequest(body, new Dictionary<string, string>
        {
            [SlackSignature.Timestamp] = time, [SlackSignature.Signature] = SlackSignature.Sign(Secret, time, body),
        });
    }

    protected override VendorResponse Answer(VendorRequest request)
    {
        // The address of an upload is its own ticket: the token must not go there.
        if (request.Path == "/upload/v1/F1")
        {
            if (request.Headers.ContainsKey("Authorization")) return new VendorResponse(400, "");
            _uploaded = request.Body.Length;
            return new VendorResponse(200, "OK");
        }
        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Token) return Failed("invalid_auth");
        var json = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body));
        switch (request.Path)
        {
            case "/api/auth.test": return Ok([]);
            case "/api/conversations.history":
                return request.Query.GetValueOrDefault("channel") != Channel ? Failed("channel_not_found")
                    : Ok(new JsonObject
                {
                    ["messages"] = new JsonArray([.. Messages.Select(m => new JsonObject
                    {
                        ["ts"] = m.Key, ["text"] = m.Value.Text("text"),
                        ["metadata"] = JsonNode.Parse(m.Value.At("metadata").GetRawText()),
                    })]),
                });
            case "/api/chat.postMessage":
                var ts = $"1700000000.{Messages.Count + 1:000000}";
                Messages[ts] = json;
                return Ok(new JsonObject { ["channel"] = Channel, ["ts"] = ts });
            case "/api/chat.postEphemeral":
                Whispers.Add((json.Text("user") ?? "", json.Text("text") ?? ""));
                return Ok(new JsonObject { ["message_ts"] = "1700000000.000000" });
            case "/api/chat.update":
                if (!Messages.ContainsKey(json.Text("ts") ?? "")) return Failed("message_not_found");
                Messages[json.Text("ts")!] = json;
                return Ok(new JsonObject { ["channel"] = Channel, ["ts"] = json.Text("ts") });
            case "/api/files.getUploadURLExternal":
                return Ok(new JsonObject
                {
                    ["upload_url"] = new Uri(Address!, "/upload/v1/F1").ToString(), ["file_id"] = "F1",
                });
            case "/api/files.completeUploadExternal":
                if (json.Text("channel_id") != Channel) return Failed("channel_not_found");
                Pictures[json.Text("thread_ts") ?? ""] = _uploaded;
                return Ok([]);
            default: return Failed("unknown_method");
        }
    }

    private static VendorResponse Ok(JsonObject body)
    {
        body["ok"] = true;
        return new VendorResponse(200, body.ToJsonString());
    }

    private static VendorResponse Failed(string error) =>
        new(200, new JsonObject { ["ok"] = false, ["error"] = error }.ToJsonString());
}
