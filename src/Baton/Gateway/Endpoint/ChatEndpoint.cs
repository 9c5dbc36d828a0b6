using System.Text;
using Baton.Gateway.Calls;
using Baton.Gateway.Money;
using Baton.Playbooks.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatEndpoint
{
    /// <summary>The stage of requests that name none; the playbook may declare it.</summary>
    private const string DefaultStage = "external";

    private static readonly byte[] Before = "data: "u8.ToArray();
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    public static async Task HandleAsync(GatewayRequest request)
    {
        using var body = await request.BodyAsync().ConfigureAwait(false);
        var raw = request.Key.Passthrough
            && SpeaksOpenAi(request.Parts.Gateway.Policy, RequestJson.RequiredText(body.RootElement, "model"));
        var read = ChatRequest.Read(body.RootElement, raw);
        var options = request.Context(DefaultStage).On(read.Options);
        if (read.Stream) await Stream(request, read, options).ConfigureAwait(false);
        else await Whole(request, read, options).ConfigureAwait(false);
    }

    /// <summary>Whether every model behind a name speaks the protocol that the request came in.</summary>
    private static bool SpeaksOpenAi(ModelsPolicy policy, string name) =>
        (policy.Tier(name)?.Models ?? [name]).All(m =>
            policy.Model(m) is { } model && policy.Provider(model.Provider)?.Kind == ProviderKind.OpenAi);

    private static async Task Whole(GatewayRequest request, ChatRequest read, ChatOptions options)
    {
        var response = await request.Parts.Gateway.GetResponseAsync(read.Messages, options, request.Aborted)
            .ConfigureAwait(false);
        request.Describe(response.Receipts());
        var writer = Writer(request, response.ResponseId);
        request.Http.Response.ContentType = "application/json";
        // In passthrough the provider's own words, with the fields that Baton does not know.
        var json = request.Key.Passthrough && response.RawRepresentation is ReadOnlyMemory<byte> raw
            ? raw
            : writer.Completion(response, response.ModelId ?? options.ModelId!);
        await request.Http.Response.Body.WriteAsync(json, request.Aborted).ConfigureAwait(false);
    }

    private static async Task Stream(GatewayRequest request, ChatRequest read, ChatOptions options)
    {
        OpenAiResponseWriter? writer = null;
        var usage = new UsageDetails();
        IReadOnlyList<Receipt> receipts = [];
        var (model, sentUsage) = (options.ModelId!, false);
        try
        {
            var updates = request.Parts.Gateway.GetStreamingResponseAsync(read.Messages, options, request.Aborted);
            await foreach (var update in updates.ConfigureAwait(false))
            {
                model = update.ModelId ?? model;
                foreach (var counted in update.Contents.OfType<UsageContent>()) usage.Add(counted.Details);
                if (update.Receipts() is { Count: > 0 } booked) receipts = booked;
                var first = writer is null;
                if (first) request.BeginStream(model);
                writer ??= Writer(request, update.ResponseId);
                if (Chunk(request, read, writer, update, model, first) is { } chunk)
                    await Send(request, chunk).ConfigureAwait(false);
                sentUsage |= update.RawRepresentation is byte[] && request.Key.Passthrough;
            }
            if (read.IncludeUsage && writer is not null && !sentUsage)
                await Send(request, writer.UsageChunk(usage, model)).ConfigureAwait(false);
            if (receipts.Count > 0)
            {
                await request.Http.Response.WriteAsync(GatewayRequest.EndComment(receipts), request.Aborted)
                    .ConfigureAwait(false);
            }
            await request.Http.Response.Body.WriteAsync(Done, request.Aborted).ConfigureAwait(false);
        }
        catch (GatewayException error) when (writer is not null)
        {
            // The answer has begun, so the status cannot change any more: the stream ends with an error event.
            await Send(request, Encoding.UTF8.GetBytes(EndpointErrors.Of(error)!.ToJson().ToJsonString()))
                .ConfigureAwait(false);
        }
    }

    /// <summary>What the caller gets of an update, or null: in passthrough the provider's chunk as it came.</summary>
    private static ReadOnlyMemory<byte>? Chunk(
        GatewayRequest request, ChatRequest read, OpenAiResponseWriter writer, ChatResponseUpdate update, string model,
        bool first)
    {
        if (!request.Key.Passthrough || update.RawRepresentation is not byte[] raw)
            return writer.Chunk(update, model, first);
        // The gateway asked for usage, for the receipt; a caller that did not ask must not be surprised by it.
        var onlyUsage = update is { FinishReason: null, Contents.Count: > 0 }
            && update.Contents.All(c => c is UsageContent);
        return onlyUsage && !read.IncludeUsage ? null : raw;
    }

    private static async Task Send(GatewayRequest request, ReadOnlyMemory<byte> json)
    {
        var body = request.Http.Response.Body;
        await body.WriteAsync(Frame(json.Span), request.Aborted).ConfigureAwait(false);
        await body.FlushAsync(request.Aborted).ConfigureAwait(false);
    }

    /// <summary>An event; what came in several lines of data goes on in as many.</summary>
    private static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var frame = new List<byte>(data.Length + 16);
        foreach (var line in data.Split((byte)'\n'))
        {
            frame.AddRange(Before);
            frame.AddRange(data[line]);
            frame.AddRange(LineEnd);
        }
        frame.AddRange(LineEnd);
        return [.. frame];
    }

    private static OpenAiResponseWriter Writer(GatewayRequest request, string? id) =>
        new(id ?? ReceiptIds.NewCall(request.Parts.Clock), request.Parts.Clock.GetUtcNow());
}
