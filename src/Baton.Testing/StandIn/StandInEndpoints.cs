using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.StandIn;

/// <summary>Finds the protocol by the end of the path, so that any base address works.</summary>
internal sealed class StandInEndpoints(Func<StandInPlanner> planner, Action<StandInRequest> keep)
{
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private int _count;

    public void Map(WebApplication app) => app.Run(Handle);

    private async Task Handle(HttpContext context)
    {
        var body = await Body(context.Request);
        keep(Recorded(context.Request, body));
        var path = context.Request.Path.Value ?? "";
        var anthropic = path.EndsWith("/messages", StringComparison.Ordinal);
        if (!Authorized(context.Request))
        {
            await Json(context, 401, Failed(anthropic, "authentication_error", "Wrong API key (stand-in)."));
            return;
        }
        try
        {
            await Answer(context, path, body, anthropic);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            await Json(context, 400, Failed(anthropic, "invalid_request_error", error.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, which is what several faults wait for.
        }
    }

    private async Task Answer(HttpContext context, string path, string body, bool anthropic)
    {
        if (path.EndsWith("/models", StringComparison.Ordinal))
            await Json(context, 200, StandInOpenAi.Models(planner().Script));
        else if (path.EndsWith("/embeddings", StringComparison.Ordinal))
            await Embed(context, body);
        else if (anthropic || path.EndsWith("/chat/completions", StringComparison.Ordinal))
            await Chat(context, body, anthropic);
        else
            await Json(context, 404, Failed(anthropic, "not_found_error", $"Nothing at {path} (stand-in)."));
    }

    private async Task Embed(HttpContext context, string body)
    {
        var plan = planner().Plan(StandInEmbeddings.Call(body), body);
        if (plan.Fault == StandInFault.Timeout) await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        if (plan.FirstToken > TimeSpan.Zero) await Task.Delay(plan.FirstToken, context.RequestAborted);
        if (plan.Fault is StandInFault.RateLimit or StandInFault.ServerError or StandInFault.Overloaded)
            await Fail(context, plan, anthropic: false);
        else
            await Whole(context, plan, StandInEmbeddings.Answer(body));
    }

    private async Task Chat(HttpContext context, string body, bool anthropic)
    {
        var call = StandInCall.Read(body, context.Request.Headers["X-Baton-Stage"].FirstOrDefault());
        var plan = planner().Plan(call, body);
        if (plan.Fault == StandInFault.Timeout) await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        if (plan.FirstToken > TimeSpan.Zero) await Task.Delay(plan.FirstToken, context.RequestAborted);
        if (plan.Fault is StandInFault.RateLimit or StandInFault.ServerError or StandInFault.Overloaded)
        {
            await Fail(context, plan, anthropic);
            return;
        }
        if (call.TopLogprobs is not null && planner().Script.RefusesLogprobs)
        {
            await Json(context, 400, Failed(anthropic, "invalid_request_error", "logprobs are not supported (stand-in)."));
            return;
        }
        var reply = StandInReply.Of(call, plan, $"standin-{Interlocked.Increment(ref _count)}");
        if (call.Stream)
            await new StandInStream(context, plan).Send(reply, anthropic, call.IncludeUsage);
        else
            await Whole(context, plan, anthropic ? StandInAnthropic.Message(reply) : StandInOpenAi.Completion(reply));
    }

    private static async Task Whole(HttpContext context, StandInPlan plan, JsonObject answer)
    {
        var text = answer.ToJsonString();
        if (plan.Fault is StandInFault.MalformedJson) text = text[..(text.Length / 2)] + "<<<";
        if (plan.Fault is not StandInFault.CutStream)
        {
            await Text(context, 200, text);
            return;
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        await context.Response.WriteAsync(text[..(text.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        throw new StandInCut();
    }

    private static Task Fail(HttpContext context, StandInPlan plan, bool anthropic)
    {
        if (plan.Fault == StandInFault.RateLimit)
            context.Response.Headers.RetryAfter = plan.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        var fault = plan.Fault!.Value;
        var (status, body) = anthropic ? StandInAnthropic.Failure(fault) : StandInOpenAi.Failure(fault);
        return Json(context, status, body);
    }

    private bool Authorized(HttpRequest request) =>
        planner().Script.ApiKey is not { } key
        || request.Headers.Authorization == $"Bearer {key}"
        || request.Headers["x-api-key"] == key;

    private static JsonObject Failed(bool anthropic, string type, string message) =>
        anthropic ? StandInAnthropic.Error(type, message) : StandInOpenAi.Error(message, type, null);

    private static async Task<string> Body(HttpRequest request)
    {
        if (request.ContentLength > MaxBodyBytes) return "";
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }

    private static StandInRequest Recorded(HttpRequest request, string body)
    {
        var headers = request.Headers.ToDictionary(
            h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new StandInRequest(request.Method, request.Path + request.QueryString, headers, body);
    }

    private static Task Json(HttpContext context, int status, JsonObject body) =>
        Text(context, status, body.ToJsonString());

    private static Task Text(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
