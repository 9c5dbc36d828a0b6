using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Operations.Vendors;

namespace Baton.Testing.Vendors;

/// <summary>
/// Systems that get copies of tickets. What was created and written there is counted here. Specifications read: Linear
/// (linear/linear packages/sdk schema and error.ts), Jira Cloud REST API 3 (jira.js, developer.atlassian.com),
/// Salesforce REST API guide (upsert by external id, CaseComment, SOQL), HubSpot CRM API v3 and v4
/// (HubSpot-public-api-spec-collection).
/// </summary>
public abstract class StandInTracker : StandInVendor
{
    /// <summary>What every one of them expects.</summary>
    public const string Token = "tracker-token-of-nobody", ClientId = "tracker-id-of-nobody",
        ClientSecret = "tracker-secret-of-nobody";

    /// <summary>What was created, by the vendor's id.</summary>
    public Dictionary<string, JsonElement> Created { get; } = [];

    /// <summary>What was written about it.</summary>
    public List<string> Written { get; } = [];

    protected static JsonElement Read(VendorRequest request) => VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body));

    protected static VendorResponse Json(int status, JsonNode body) => new(status, body.ToJsonString());
}

/// <summary>Linear: everything is a POST to one address, and a failure is in the body.</summary>
public sealed class StandInLinear : StandInTracker
{
    private readonly HashSet<string> _comments = [];

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != Token)
            return Error(401, "authentication error", "Authentication required, not authenticated");
        var (query, variables) = (Read(request).Text("query") ?? "", Read(request).At("variables"));
        var input = variables.At("i");
        if (query.Contains("issueCreate", StringComparison.Ordinal))
            return Created.TryAdd(input.Text("id")!, input)
                ? Data("issueCreate",
                    new JsonObject { ["success"] = true,
                    ["issue"] = new JsonObject { ["id"] = input.Text("id"), ["identifier"] = "ENG-1" } })
                : Error(400, "invalid input", "Entity already exists");
        if (query.Contains("commentCreate", StringComparison.Ordinal))
        {
            if (!_comments.Add(input.Text("id")!)) return Error(400, "invalid input", "Entity already exists");
            Written.Add(input.Text("body")!);
            return Data("commentCreate",
                new JsonObject { ["success"] = true, ["comment"] = new JsonObject { ["id"] = input.Text("id") } });
        }
        var id = variables.Text("id")!;
        return query.Contains("team(", StringComparison.Ordinal)
            ? Data("team", new JsonObject { ["id"] = id, ["name"] = "Engineering" })
            : query.Contains("issue(", StringComparison.Ordinal) && Created.ContainsKey(id)
            ? Data("issue", new JsonObject { ["id"] = id, ["identifier"] = "ENG-1" })
            : query.Contains("comment(", StringComparison.Ordinal) && _comments.Contains(id)
            ? Data("comment", new JsonObject { ["id"] = id })
            : Error(400, "invalid input", "Entity not found");
    }

    /// <summary>As it was seen: a limit comes as 400 with a word in the body.</summary>
    public static VendorResponse TooMany() =>
        new(400, """{"errors":[{"message":"Rate limit exceeded","extensions":{"type":"ratelimited","code":"RATELIMITED","statusCode":429}}]}""")
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
    };

    private static VendorResponse Data(string name, JsonObject value) =>
        Json(200, new JsonObject { ["data"] = new JsonObject { [name] = value } });

    private static VendorResponse Error(int status, string type, string message) => Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["message"] = message, ["extensions"] = new JsonObject { ["type"] = type, ["userError"] = true },
        }),
    });
}

/// <summary>Jira Cloud.</summary>
public sealed class StandInJira : StandInTracker
{
    public const string Email = "baton@acme.example";

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization")
            != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}:{Token}"))) return new VendorResponse(
            401);
        var json = Read(request);
        switch (request.Method, request.Path)
        {
            case ("GET", "/rest/api/3/project/ENG"): return Json(200, new JsonObject { ["key"] = "ENG" });
            case ("GET", "/rest/api/3/search/jql"):
                var found = Created.Where(i => i.Value.Items("labels")
                    .Any(l => request.Query["jql"].Contains($"\"{l.GetString()}\"", StringComparison.Ordinal)));
                return Json(200, new JsonObject
                {
                    ["issues"] = new JsonArray([.. found.Select(i => new JsonObject { ["key"] = i.Key })]),
                        ["isLast"] = true,
                });
            case ("POST", "/rest/api/3/issue"):
                if (json.At("fields", "description").ValueKind != JsonValueKind.Object)
                    return Json(400, new JsonObject { ["errorMessages"] = new JsonArray(),
                        ["errors"] = new JsonObject { ["description"] =
                        "Operation value must be an Atlassian Document" } });
                var key = $"ENG-{Created.Count + 1}";
                Created[key] = json.At("fields");
                return Json(201, new JsonObject { ["id"] = "10000", ["key"] = key });
            case ("GET", var path) when path.EndsWith("/comment", StringComparison.Ordinal):
                return Json(200, new JsonObject { ["comments"] =
                    new JsonArray([.. Written.Select(w => new JsonObject { ["body"] = JsonNode.Parse(w) })]) });
            case ("POST", var path) when path.EndsWith("/comment", StringComparison.Ordinal):
                Written.Add(json.At("body").GetRawText());
                return Json(201, new JsonObject { ["id"] = $"{Written.Count}" });
            default: return Json(
                404, new JsonObject { ["errorMessages"] = new JsonArray("Issue does not exist"),
                ["errors"] = new JsonObject() });
        }
    }
}

/// <summary>Salesforce: cases by an external id.</summary>
public sealed class StandInSalesforce : StandInTracker
{
    private const string Case = "/services/data/v67.0/sobjects/Case/Baton_Ticket__c/";

    /// <summary>Whether a write that would run the assignment rules came.</summary>
    public bool WasReassigned { get; private set; }

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (request.Path == "/services/oauth2/token")
            return request.Body.Contains(ClientSecret, StringComparison.Ordinal)
                ? Json(200, new JsonObject { ["access_token"] = Token, ["token_type"] = "Bearer" })
                : Json(400, new JsonObject { ["error"] = "invalid_client",
                    ["error_description"] = "invalid client credentials" });
        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Token)
            return Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        if (request.Method is "POST" or "PATCH" && request.Headers.GetValueOrDefault("Sforce-Auto-Assign") != "FALSE")
            WasReassigned = true;
        if (request.Path.StartsWith(Case, StringComparison.Ordinal))
            return Upsert(request, request.Path[Case.Length..]);
        if (request.Path.EndsWith("/sobjects/CaseComment", StringComparison.Ordinal))
        {
            var comment = Read(request);
            if (Encoding.UTF8.GetByteCount(comment.Text("CommentBody")!) > 4_000)
                return Error(400, "STRING_TOO_LONG", "Comment: data value too large");
            Written.Add(comment.Text("CommentBody")!);
            return Json(201, new JsonObject { ["id"] = $"00a{Written.Count}", ["success"] = true,
                ["errors"] = new JsonArray() });
        }
        return request.Path.EndsWith("/query", StringComparison.Ordinal) ? Json(200, new JsonObject
        {
            ["done"] = true,
            ["records"] = !request.Query["q"].Contains("CaseComment", StringComparison.Ordinal) ? [] : new JsonArray(
                [.. Written.Select(w => new JsonObject { ["Id"] = "00a1", ["CommentBody"] = w })]),
        }) : Error(404, "NOT_FOUND", "The requested resource does not exist");
    }

    /// <summary>201 with the id for a new one, and 204 without a body for one that was there.</summary>
    private VendorResponse Upsert(VendorRequest request, string id)
    {
        var at = "500" + id;
        if (request.Method == "GET")
            return Created.ContainsKey(at) ? Json(200, new JsonObject { ["Id"] = at })
            : Error(404, "NOT_FOUND", "none");
        var isNew = !Created.ContainsKey(at);
        if (!isNew && Read(request).Text("SuppliedEmail") is not null)
            return Error(400, "INVALID_FIELD_FOR_INSERT_UPDATE", "SuppliedEmail");
        Created[at] = Read(request);
        return isNew ? Json(201,
            new JsonObject { ["id"] = at, ["success"] = true, ["errors"] = new JsonArray(), ["created"] = true })
            : new VendorResponse(204);
    }

    private static VendorResponse Error(int status, string code, string message) =>
        Json(status, new JsonArray(new JsonObject { ["message"] = message, ["errorCode"] = code }));
}

/// <summary>HubSpot: tickets by a unique property, notes tied to them.</summary>
public sealed class StandInHubSpot : StandInTracker
{
    private readonly Dictionary<string, string> _notes = [];
    private readonly HashSet<string> _tied = [];

    protected override VendorResponse Answer(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Token)
            return Json(401, new JsonObject { ["status"] = "error", ["category"] = "INVALID_AUTHENTICATION",
                ["message"] = "Authentication credentials not found." });
        var last = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        switch (request.Method, request.Path)
        {
            case ("GET", "/crm/v3/properties/tickets/baton_ticket"):
                return Json(200, new JsonObject { ["name"] = "baton_ticket", ["hasUniqueValue"] = true });
            case ("POST", "/crm/v3/objects/tickets/batch/upsert"):
                var input = Read(request).Items("inputs").First();
                var id = "9" + input.Text("id");
                Created[id] = input.At("properties");
                return Json(200, new JsonObject { ["status"] = "COMPLETE",
                    ["results"] = new JsonArray(new JsonObject { ["id"] = id }) });
            case ("GET", var path) when path.EndsWith("/associations/notes", StringComparison.Ordinal):
                return Json(200, new JsonObject { ["results"] =
                    new JsonArray([.. _tied.Select(n => new JsonObject { ["toObjectId"] = n })]) });
            case ("POST", "/crm/v3/objects/notes"):
                var note = $"{_notes.Count + 1}";
                _notes[note] = Read(request).Text("properties", "hs_note_body")!;
                return Json(201, new JsonObject { ["id"] = note });
            case ("GET", var path) when path.StartsWith("/crm/v3/objects/notes/", StringComparison.Ordinal):
                return Json(200, new JsonObject { ["id"] = last,
                    ["properties"] = new JsonObject { ["hs_note_body"] = _notes[last] } });
            case ("PUT", var path) when path.Contains("/associations/default/tickets/", StringComparison.Ordinal):
                var tied = path.Split('/')[5];
                if (_tied.Add(tied)) Written.Add(_notes[tied]);
                return Json(200, new JsonObject { ["status"] = "COMPLETE" });
            default: return Json(
                404, new JsonObject { ["status"] = "error", ["category"] = "OBJECT_NOT_FOUND",
                ["message"] = "not found" });
        }
    }
}
