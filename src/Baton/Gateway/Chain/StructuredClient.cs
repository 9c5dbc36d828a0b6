using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Makes sure that an answer that was asked for as JSON is JSON of that shape. Models without schema support are told
/// the schema in words. A wrong answer gets one attempt at repair; then it is the next model's turn.
/// </summary>
internal sealed class StructuredClient(IChatClient next) : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.ResponseFormat is not ChatResponseFormatJson format)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var attempt = Attempt.Of(options);
        if (attempt.Call.Context.Passthrough)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var native = attempt.Candidate.Model.Capabilities.HasFlag(ModelCapabilities.JsonSchema);
        List<ChatMessage> asked = native ? [.. messages] : [.. messages, Explain(format)];
        if (!native) options = WithoutSchema(options);
        var response = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
        if (Problem(response, format) is not { } problem) return Cleaned(response);
        if (!await attempt.ReserveAgainAsync(cancellationToken).ConfigureAwait(false)) throw Invalid(attempt, problem);
        asked.Add(new ChatMessage(ChatRole.Assistant, response.Text));
        asked.Add(new ChatMessage(ChatRole.User,
            $"This is not what was asked for: {problem}. Answer again with nothing but the corrected JSON."));
        var repaired = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
        return Problem(repaired, format) is { } again ? throw Invalid(attempt, again) : Cleaned(repaired);
    }

    /// <summary>A refusal or a tool call is no attempt at an answer, so it has no shape to check.</summary>
    private static string? Problem(ChatResponse response, ChatResponseFormatJson format)
    {
        if (response.IsRefusal() || response.FinishReason == ChatFinishReason.ToolCalls) return null;
        try
        {
            using var document = JsonDocument.Parse(JsonText.Of(response.Text));
            return format.Schema is { } schema ? JsonShape.Problem(document.RootElement, schema) : null;
        }
        catch (JsonException)
        {
            return "it is no JSON";
        }
    }

    private static ChatResponse Cleaned(ChatResponse response)
    {
        if (response.Messages is not [{ Contents: [TextContent text] } message]) return response;
        var json = JsonText.Of(text.Text);
        if (json.Length != text.Text.Length) message.Contents = [new TextContent(json)];
        return response;
    }

    private static ChatMessage Explain(ChatResponseFormatJson format) => new(ChatRole.User, format.Schema is { } schema
        ? $"Answer with nothing but one JSON value that fits this JSON schema:\n{schema.GetRawText()}"
        : "Answer with nothing but one JSON object.");

    private static ChatOptions WithoutSchema(ChatOptions options)
    {
        var copy = options.Clone();
        copy.ResponseFormat = null;
        return copy;
    }

    private static GatewayException Invalid(Attempt attempt, string problem) => new(GatewayFailure.InvalidAnswer,
        $"model '{attempt.Candidate.Model.Name}' did not answer with the JSON that was asked for: {problem}");
}

/// <summary>Finds the JSON in an answer that wraps it in a code fence.</summary>
internal static class JsonText
{
    public static string Of(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal)) return trimmed;
        var start = trimmed.IndexOf('\n');
        var end = trimmed.LastIndexOf("```", StringComparison.Ordinal);
        return start > 0 && end > start ? trimmed[(start + 1)..end].Trim() : trimmed;
    }
}
