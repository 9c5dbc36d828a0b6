using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Operations.Vendors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Channels.Voice;

/// <summary>
/// Calls by Vapi (docs.vapi.ai: custom LLM, server URL): Baton is its custom model, asked as OpenAI's chat is and
/// answered as a stream, and takes its messages about a call.
/// </summary>
internal static class VapiEndpoints
{
    private const int LargestBody = 1024 * 1024, MostTurns = 100;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Some write the address with its end, which Vapi then adds again.</summary>
        public void MapVapi()
        {
            foreach (var path in (string[])["chat/completions", "chat/completions/chat/completions"])
                routes.MapPost("/channels/voice/vapi/" + path, Answer).AllowAnonymous().ExcludeFromDescription();
            routes.MapPost("/channels/voice/vapi/events", Hear).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> Answer(
        HttpContext http, VoiceTurns turns, ChannelOptions channels, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!IsVapi(http, channels.Voice)) return Refused();
        if (await BodyAsync(http, cancellationToken) is not { } body)
            return TypedResults.Problem($"The body has more than {LargestBody:N0} bytes.", statusCode: 413);
        var json = VendorJson.Parse(body);
        var said = json.Items("messages").Where(m => m.Text("role") == "user").Select(m => m.Text("content"))
            .OfType<string>().ToList();
        if (json.Text("call", "id") is not { Length: <= 200 } call)
            return TypedResults.Problem("call.id is missing: set metadataSendMode to destructured.", statusCode: 400);
        if (said.Count is 0 or > MostTurns)
            return TypedResults.Problem(
                $"messages has {said.Count} of the user: 1 to {MostTurns} are read.", statusCode: 400);
        var number = json.Text("customer", "number") ?? json.Text("call", "customer", "number");
        var taken = await turns.SayAsync(call, number, said.Count, said[^1], cancellationToken);
        var answer = taken is { } turn
            ? await turns.AnswerAsync(call, turn, channels.Voice.Patience, cancellationToken)
            : null;
        await StreamAsync(http, json.Text("model") ?? "baton", answer, channels.Voice, clock, cancellationToken);
        return TypedResults.Empty;
    }

    /// <summary>
    /// What Vapi tells of a call; nothing of it needs an answer here, and a repeated one changes nothing.
    /// </summary>
    private static async Task<IResult> Hear(
        HttpContext http, ChannelOptions channels, CancellationToken cancellationToken)
    {
        if (!IsVapi(http, channels.Voice)) return Refused();
        if (await BodyAsync(http, cancellationToken) is not { } body)
            return TypedResults.Text("{}", "application/json");
        var type = VendorJson.Parse(body).Text("message", "type");
        // Where a call is to be passed on to, when the assistant does not say.
        var reply = type == "transfer-destination-request"
            ? channels.Voice.DialTo.Length > 0
                ? new JsonObject
                {
                    ["destination"] = new JsonObject { ["type"] = "number", ["number"] = channels.Voice.DialTo },
                }
                : new JsonObject { ["error"] = "Nobody can be called right now." }
            : [];
        return TypedResults.Text(reply.ToJsonString(), "application/json");
    }

    private static async Task StreamAsync(
        HttpContext http, string model, VoiceAnswer? answer, VoiceOptions options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var (id, at) = ($"chatcmpl-{Guid.CreateVersion7(clock.GetUtcNow()):N}", clock.GetUtcNow().ToUnixTimeSeconds());
        async Task Write(JsonObject delta, string? finish)
        {
            var chunk = new JsonObject
            {
                ["id"] = id, ["object"] = "chat.completion.chunk", ["created"] = at, ["model"] = model,
                ["choices"] = new JsonArray(
                    new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
            };
            await http.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
        }
        var goes = answer is null || answer is { Goes: true, IsStaffed: true };
        var text = answer is null ? options.Connecting : VoiceMarkup.Spoken(answer.Text);
        await Write(new JsonObject { ["role"] = "assistant", ["content"] = text }, null);
        var transfers = goes && options.DialTo.Length > 0;
        if (transfers) await Write(Transfer(options.DialTo), null);
        await Write([], transfers ? "tool_calls" : "stop");
        await http.Response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private static JsonObject Transfer(string number) => new()
    {
        ["tool_calls"] = new JsonArray(new JsonObject
        {
            ["index"] = 0, ["id"] = "call_transfer", ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = "transferCall",
                ["arguments"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["destination"] = number }),
            },
        }),
    };

    private static bool IsVapi(HttpContext http, VoiceOptions options)
    {
        var given = http.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer
            ? bearer.Replace("Bearer ", "", StringComparison.OrdinalIgnoreCase).Trim()
            : http.Request.Headers["X-Vapi-Secret"].ToString();
        return options.VapiSecret.Length > 0 && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(options.VapiSecret)));
    }

    private static IResult Refused() => TypedResults.Problem(
        "Neither Authorization nor X-Vapi-Secret has the secret of BATON__Channels__Voice__VapiSecret.",
        statusCode: 401,
        title: "Not verified");

    private static async Task<byte[]?> BodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > LargestBody) return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
