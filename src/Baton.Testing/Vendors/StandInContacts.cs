using System.Text;
using System.Text.RegularExpressions;
using Baton.Operations.Vendors;

namespace Baton.Testing.Vendors;

/// <summary>
/// Directories with one customer, ada@example.com, each in its documented protocol. Specifications read: HubSpot CRM
/// API v3 (HubSpot-public-api-spec-collection), Salesforce REST API guide (token, query, errors), Pipedrive API v2
/// (api-evangelist/pipedrive), Shopify GraphQL Admin (shopify.dev), and a directory of a shop's own.
/// </summary>
public sealed partial class StandInContacts : StandInVendor
{
    /// <summary>What every one of them expects.</summary>
    public const string Token = "crm-token-of-nobody", ClientId = "crm-id-of-nobody",
        ClientSecret = "crm-secret-of-nobody";

    private const string Known = "ada@example.com", Session = "session-of-nobody";

    /// <summary>Sessions of Salesforce that have ended: the next call with one is refused.</summary>
    public int EndedSessions { get; set; }

    protected override VendorResponse Answer(VendorRequest request) => request.Path switch
    {
        "/services/oauth2/token" => LogIn(request),
        var path when path.StartsWith("/services/data/", StringComparison.Ordinal) => Salesforce(request),
        var path when path.StartsWith("/crm/v3/objects/contacts/", StringComparison.Ordinal) => HubSpot(request),
        var path when path.StartsWith("/api/v2/persons/", StringComparison.Ordinal) => Pipedrive(request),
        var path when path.EndsWith("/graphql.json", StringComparison.Ordinal) => Shopify(request),
        "/customers" => Own(request),
        _ => new VendorResponse(404),
    };

    private static VendorResponse HubSpot(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Token)
            return Json(401, """{"status":"error","message":"Authentication credentials not found.","correlationId":"c","category":"INVALID_AUTHENTICATION"}""");
        return Last(request) != Known || request.Query.GetValueOrDefault("idProperty") != "email"
            ? Json(404, """{"status":"error","message":"Object not found","correlationId":"c","category":"OBJECT_NOT_FOUND"}""")
            : Json(200, """{"id":"512","properties":{"customer_tier":"plus","plan":"Gold","createdate":"2024-01-01"},"createdAt":"2024-01-01T00:00:00Z","updatedAt":"2024-01-01T00:00:00Z","archived":false}""");
    }

    private static VendorResponse LogIn(VendorRequest request) =>
        request.Body.Contains(ClientSecret, StringComparison.Ordinal)
        && request.Body.Contains("client_credentials", StringComparison.Ordinal)
            ? Json(200, $$"""{"access_token":"{{Session}}","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer","issued_at":"1"}""")
            : Json(400, """{"error":"invalid_client","error_description":"invalid client credentials"}""");

    private VendorResponse Salesforce(VendorRequest request)
    {
        if (EndedSessions > 0 || request.Headers.GetValueOrDefault("Authorization") != "Bearer " + Session)
        {
            EndedSessions = Math.Max(0, EndedSessions - 1);
            return Json(401, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""");
        }
        var match = Soql().Match(request.Query.GetValueOrDefault("q", ""));
        if (!match.Success) return Json(400, """[{"message":"unexpected token","errorCode":"MALFORMED_QUERY"}]""");
        return string.Equals(match.Groups[1].Value, Known, StringComparison.OrdinalIgnoreCase)
            ? Json(200, """{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact"},"Id":"003000000000001","Account":{"Type":"plus"},"Plan__c":"Gold"}]}""")
            : Json(200, """{"totalSize":0,"done":true,"records":[]}""");
    }

    private static VendorResponse Pipedrive(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("x-api-token") != Token)
            return Json(401, """{"success":false,"error":"unauthorized access","errorCode":401}""");
        if (Last(request) == "search")
            return Json(200, string.Equals(
                request.Query.GetValueOrDefault("term"), Known, StringComparison.OrdinalIgnoreCase)
                ? """{"success":true,"data":{"items":[{"result_score":0.5,"item":{"id":9,"type":"person","emails":["other@example.com"]}},{"result_score":0.4,"item":{"id":7,"type":"person","emails":["ada@example.com"]}}]},"additional_data":{"next_cursor":null}}"""
                : """{"success":true,"data":{"items":[]},"additional_data":{"next_cursor":null}}""");
        return Last(request) == "7"
            ? Json(200, """{"success":true,"data":{"id":7,"name":"Ada","emails":[{"value":"ada@example.com","primary":true}],"custom_fields":{"tierhash":"plus","planhash":"Gold"}}}""")
            : Json(404, """{"success":false,"error":"Person not found","error_info":"","data":null}""");
    }

    private static VendorResponse Shopify(VendorRequest request)
    {
        if (request.Headers.GetValueOrDefault("X-Shopify-Access-Token") != Token)
            return Json(401, """{"errors":"[API] Invalid API key or access token"}""");
        var variables = VendorJson.Parse(Encoding.UTF8.GetBytes(request.Body)).At("variables");
        if (variables.Text("of") is { } of)
            return Json(200, of == "customer_id:42"
                ? """{"data":{"orders":{"nodes":[{"name":"#1002","createdAt":"2026-05-02T10:00:00Z","cancelledAt":null,"displayFinancialStatus":"PAID","displayFulfillmentStatus":"FULFILLED"}]}},"extensions":{"cost":{"requestedQueryCost":7}}}"""
                : """{"data":{"orders":{"nodes":[]}}}""");
        return Json(200, string.Equals(variables.Text("email"), Known, StringComparison.OrdinalIgnoreCase)
            ? """{"data":{"customerByIdentifier":{"id":"gid://shopify/Customer/42","numberOfOrders":"4"}}}"""
            : """{"data":{"customerByIdentifier":null}}""");
    }

    private static VendorResponse Own(VendorRequest request) =>
        request.Headers.GetValueOrDefault("X-Key") != Token ? Json(401, "{}")
        : string.Equals(request.Query.GetValueOrDefault("email"), Known, StringComparison.OrdinalIgnoreCase)
            ? Json(200, """{"data":[{"id":12,"plan":{"name":"plus"},"tickets":3,"since":"2024"}]}""")
        : Json(200, """{"data":[]}""");

    private static string Last(VendorRequest request) => request.Path[(request.Path.LastIndexOf('/') + 1)..];

    private static VendorResponse Json(int status, string body) => new(status, body);

    [GeneratedRegex(@"^SELECT [\w.,]+ FROM Contact WHERE (?:Email|Id) = '((?:[^'\\]|\\.)*)' ORDER BY LastModifiedDate DESC LIMIT 1$")]
    private static partial Regex Soql();
}
