using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Baton.Gateway.Endpoint;

/// <summary>An error in OpenAI's form.</summary>
internal sealed class EndpointFailure(int status, string type, string? code, string message) : Exception(message)
{
    public int Status => status;

    public string Type => type;

    public string? Code => code;

    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<string> ReceiptIds { get; init; } = [];

    public static EndpointFailure Bad(string message) => new(400, "invalid_request_error", null, message);

    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["message"] = Message, ["type"] = type, ["param"] = null, ["code"] = code },
    };
}

/// <summary>Turns failures of the gateway into OpenAI's errors, so that the SDKs react as they do to OpenAI.</summary>
internal static class EndpointErrors
{
    public static EndpointFailure? Of(Exception error) => error switch
    {
        EndpointFailure failure => failure,
        GatewayException failure => Of(failure),
        BadHttpRequestException bad => new EndpointFailure(bad.StatusCode, "invalid_request_error", null, bad.Message),
        _ => null,
    };

    public static async Task WriteAsync(HttpContext context, EndpointFailure failure)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = failure.Status;
        if (failure.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        if (failure.ReceiptIds.Count > 0) context.Response.Headers["X-Baton-Receipt"] = failure.ReceiptIds[^1];
        // The gateway has tried what there was to try; an SDK that repeats at once would only multiply the load.
        if (failure.Status >= 500 && failure.RetryAfter is null) context.Response.Headers["x-should-retry"] = "false";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(failure.ToJson().ToJsonString(), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static EndpointFailure Of(GatewayException error)
    {
        var (status, type, code) = error.Failure switch
        {
            GatewayFailure.BadRequest => (400, "invalid_request_error", (string?)null),
            GatewayFailure.NoModel => (404, "invalid_request_error", "model_not_found"),
            GatewayFailure.RateLimited => (429, "requests", "rate_limit_exceeded"),
            GatewayFailure.BudgetExceeded when error.RetryAfter is not null => (429, "requests", "budget_exceeded"),
            // Not 429: the SDKs would repeat it at once.
            GatewayFailure.BudgetExceeded => (402, "insufficient_quota", "budget_exceeded"),
            GatewayFailure.Unavailable => (503, "server_error", "model_unavailable"),
            GatewayFailure.TimedOut => (504, "server_error", "timeout"),
            GatewayFailure.InvalidAnswer => (502, "server_error", "invalid_answer"),
            GatewayFailure.Stopped => (503, "server_error", "stopped"),
            _ => (502, "server_error", "provider_failed"),
        };
        return new EndpointFailure(status, type, code, error.Message)
        {
            RetryAfter = error.RetryAfter, ReceiptIds = error.ReceiptIds,
        };
    }
}
