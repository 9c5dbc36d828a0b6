using System.Text.Json.Nodes;
using Baton.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Baton.Gateway.Endpoint;

/// <summary><c>GET /v1/models</c>: what the key may ask for, models and tiers.</summary>
internal static class ModelsEndpoint
{
    public static Task HandleAsync(GatewayRequest request) => Send(request, new JsonObject
    {
        ["object"] = "list", ["data"] = new JsonArray([.. Names(request).Select(Entry)]),
    });

    public static Task HandleOneAsync(GatewayRequest request)
    {
        var name = request.Http.Request.RouteValues["model"]?.ToString() ?? "";
        return Names(request).Contains(name)
            ? Send(request, Entry(name))
            : throw new EndpointFailure(
                404, "invalid_request_error", "model_not_found", $"There is no model '{name}'.");
    }

    private static IEnumerable<string> Names(GatewayRequest request)
    {
        var policy = request.Parts.Gateway.Policy;
        List<string> names = [.. policy.Tiers.Select(t => t.Name), .. policy.Models.Select(m => m.Name)];
        if (policy.Auto is not null) names.Add(Router.Auto);
        return request.Key.Models.Count == 0 ? names : names.Where(request.Key.Models.Contains);
    }

    private static JsonObject Entry(string name) => new()
    {
        ["id"] = name, ["object"] = "model", ["created"] = 0, ["owned_by"] = "baton",
    };

    private static Task Send(GatewayRequest request, JsonObject answer)
    {
        request.Http.Response.ContentType = "application/json";
        return request.Http.Response.WriteAsync(answer.ToJsonString(), request.Aborted);
    }
}
