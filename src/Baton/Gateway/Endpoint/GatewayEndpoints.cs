using Baton.Gateway.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Gateway.Endpoint;

/// <summary>The OpenAI-compatible endpoint. Callers are known by virtual keys, errors have OpenAI's form.</summary>
internal static class GatewayEndpoints
{
    /// <summary>What clients ask for whose base address lacks <c>/v1</c>.</summary>
    private static readonly string[] WithoutPrefix = ["/chat/completions", "/completions", "/embeddings", "/responses"];

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Adds <c>/v1/chat/completions</c>, <c>/v1/embeddings</c> and <c>/v1/models</c>.</summary>
        public IEndpointRouteBuilder MapGateway(GatewayEndpointParts parts)
        {
            var group = routes.MapGroup("/v1").AllowAnonymous().ExcludeFromDescription();
            group.MapPost("/chat/completions", context => Guard(parts, context, ChatEndpoint.HandleAsync));
            group.MapPost("/embeddings", context => Guard(parts, context, EmbeddingEndpoint.HandleAsync));
            group.MapGet("/models", context => Guard(parts, context, ModelsEndpoint.HandleAsync));
            group.MapGet("/models/{model}", context => Guard(parts, context, ModelsEndpoint.HandleOneAsync));
            // Without it a good key would be told that it is none.
            group.Map("/{**path}", context => Guard(parts, context, Nothing));
            foreach (var path in WithoutPrefix)
                routes.Map(path, context => Guard(parts, context, Nothing)).AllowAnonymous().ExcludeFromDescription();
            return routes;
        }
    }

    private static Task Nothing(GatewayRequest request) => throw new EndpointFailure(
        404, "invalid_request_error", "unknown_url",
        $"There is no {request.Http.Request.Method} {request.Http.Request.Path} here; the paths of docs/gateway.md begin with /v1.");

    private static async Task Guard(
        GatewayEndpointParts parts, HttpContext context, Func<GatewayRequest, Task> handle)
    {
        try
        {
            var key = parts.Authenticate(context.Request) ?? throw new EndpointFailure(401, "invalid_request_error",
                "invalid_api_key", "Send a virtual key as 'Authorization: Bearer bk_…'.");
            if (parts.Rates.Take(key) is { } wait)
            {
                throw new EndpointFailure(429, "requests", "rate_limit_exceeded",
                    $"Key '{key.Name}' may send {key.RequestsPerMinute} requests per minute.") { RetryAfter = wait };
            }
            await handle(new GatewayRequest(parts, context, key)).ConfigureAwait(false);
        }
        catch (Exception error) when (EndpointErrors.Of(error) is { } failure)
        {
            await EndpointErrors.WriteAsync(context, failure).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away; its receipt is written.
        }
    }
}

/// <summary>What the endpoint needs.</summary>
internal sealed class GatewayEndpointParts(
    ModelGateway gateway, VirtualKeyStore keys, GatewayOptions options, TimeProvider clock)
{
    public ModelGateway Gateway => gateway;

    public GatewayOptions Options => options;

    public TimeProvider Clock => clock;

    public RateWindow Rates { get; } = new(clock, () => keys.Processes);

    public VirtualKey? Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? keys.Find(header[7..].Trim()) : null;
    }
}
