using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Baton.Testing.Vendors;

/// <summary>A message that somebody sent over the stand-in.</summary>
public sealed record SentSms(string Sid, string From, string To, string Body, DateTimeOffset At)
{
    /// <summary>Of a template; null for free text.</summary>
    public string? ContentSid { get; init; }

    /// <summary>Where it is told what became of it.</summary>
    public string? StatusCallback { get; init; }
}

/// <summary>
/// Twilio's Programmable Messaging as its OpenAPI description says it (twilio-oai, twilio_api_v2010: resources Message
/// and Account): forms in, JSON out, Basic log-in, errors as <c>code</c>, <c>message</c>, <c>more_info</c>,
/// <c>status</c>.
/// </summary>
public sealed class StandInTwilio(string account, string token) : StandInVendor
{
    private readonly List<SentSms> _sent = [];

    /// <summary>What was sent, oldest first.</summary>
    public IReadOnlyList<SentSms> Sent
    {
        get { lock (Gate) return [.. _sent]; }
    }

    /// <inheritdoc />
    protected override VendorResponse Answer(VendorRequest request)
    {
        var login = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{account}:{token}"));
        if (request.Headers.GetValueOrDefault("Authorization") != login) return Error(401, 20003, "Authenticate");
        return (request.Method, request.Path) switch
        {
            ("GET", var path) when path == $"/2010-04-01/Accounts/{account}.json" =>
                new VendorResponse(200, new JsonObject { ["sid"] = account, ["status"] = "active" }.ToJsonString()),
            ("POST", var path) when path == $"/2010-04-01/Accounts/{account}/Messages.json" => Send(request),
            ("GET", var path) when path == $"/2010-04-01/Accounts/{account}/Messages.json" => List(request),
            _ => Error(404, 20404, "The requested resource was not found"),
        };
    }

    private VendorResponse Send(VendorRequest request)
    {
        var form = QueryHelpers.ParseQuery(request.Body).ToDictionary(p => p.Key, p => p.Value.ToString());
        var (body, content) = (form.GetValueOrDefault("Body", ""), form.GetValueOrDefault("ContentSid"));
        if (!form.TryGetValue("To", out var to)) return Error(400, 21604, "A 'To' phone number is required.");
        if (!form.ContainsKey("From") && !form.ContainsKey("MessagingServiceSid"))
            return Error(400, 21603, "A 'From' phone number is required.");
        if (content is null && body.Length == 0) return Error(400, 21602, "Message body is required.");
        if (body.Length > 1_600)
            return Error(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        var sent = new SentSms(
            $"SM{_sent.Count + 1:x32}", form.GetValueOrDefault("From", ""), to,
            content is null ? body : form.GetValueOrDefault("ContentVariables", ""), TimeProvider.System.GetUtcNow())
        {
            ContentSid = content, StatusCallback = form.GetValueOrDefault("StatusCallback"),
        };
        _sent.Add(sent);
        return new VendorResponse(201, Json(sent).ToJsonString());
    }

    private VendorResponse List(VendorRequest request) => new(200, new JsonObject
    {
        ["messages"] = new JsonArray([.. _sent.Where(m => m.To == request.Query.GetValueOrDefault("To", m.To)).Reverse()
            .Select(m => (JsonNode)Json(m))]),
        ["page"] = 0,
    }.ToJsonString());

    private static JsonObject Json(SentSms sent) => new()
    {
        ["sid"] = sent.Sid, ["to"] = sent.To, ["from"] = sent.From, ["body"] = sent.Body, ["status"] = "queued",
        ["direction"] = "outbound-api",
        ["date_created"] = sent.At.UtcDateTime.ToString(
            "ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture),
    };

    private static VendorResponse Error(int status, int code, string message) => new(status, new JsonObject
    {
        ["code"] = code, ["message"] = message, ["status"] = status,
        ["more_info"] = $"https://www.twilio.com/docs/errors/{code}",
    }.ToJsonString());
}
