using Microsoft.AspNetCore.Http;

namespace Baton.Testing.StandIn;

/// <summary>Sends an answer as server-sent events, well or badly.</summary>
internal sealed class StandInStream(HttpContext context, StandInPlan plan)
{
    public async Task Send(StandInReply reply, bool anthropic, bool includeUsage)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        List<string> frames = [.. anthropic ? Anthropic(reply) : OpenAi(reply, includeUsage)];
        var breaks = plan.Fault is StandInFault.CutStream or StandInFault.MalformedJson;
        var cutAt = breaks ? Math.Max(1, frames.Count / 2) : int.MaxValue;
        for (var i = 0; i < frames.Count; i++)
        {
            if (i == cutAt)
            {
                await Break();
                return;
            }
            if (i > 0 && plan.PerChunk > TimeSpan.Zero) await Task.Delay(plan.PerChunk, context.RequestAborted);
            await Write(frames[i]);
            if (plan.Fault == StandInFault.DuplicatedChunks && IsContent(frames[i])) await Write(frames[i]);
        }
    }

    private static IEnumerable<string> Anthropic(StandInReply reply) =>
        StandInAnthropic.Events(reply).Select(e => $"event: {e.Event}\ndata: {e.Data.ToJsonString()}\n\n");

    private static IEnumerable<string> OpenAi(StandInReply reply, bool includeUsage) =>
        StandInOpenAi.Chunks(reply, includeUsage).Select(c => $"data: {c.ToJsonString()}\n\n")
            .Append("data: [DONE]\n\n");

    private async Task Break()
    {
        if (plan.Fault == StandInFault.MalformedJson)
        {
            await Write("data: {\"choices\":[{<<<\n\n");
            return;
        }
        throw new StandInCut();
    }

    private async Task Write(string frame)
    {
        await context.Response.WriteAsync(frame, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static bool IsContent(string frame) =>
        frame.Contains("text_delta", StringComparison.Ordinal)
        || (frame.Contains("\"content\":\"", StringComparison.Ordinal)
            && !frame.Contains("\"content\":\"\"", StringComparison.Ordinal));
}
