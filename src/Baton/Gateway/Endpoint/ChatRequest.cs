using System.Text.Json;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>A chat completion request as its caller sent it.</summary>
internal sealed record ChatRequest(List<ChatMessage> Messages, ChatOptions Options, bool Stream, bool IncludeUsage)
{
    /// <summary>The most that a caller may ask for, as in the playbook.</summary>
    private const int MostOutputTokens = 1_000_000;

    /// <summary>What limits and reservation need of any request, whichever way it goes on.</summary>
    /// <exception cref="EndpointFailure">A field is missing, has the wrong type or is out of range.</exception>
    public static ChatRequest Read(JsonElement root, bool raw)
    {
        RequestJson.Whole(root, "n", 1, 1);
        var stream = RequestJson.Flag(root, "stream") == true;
        var usage = RequestJson.Member(root, "stream_options") is { } asked
            && RequestJson.Flag(asked, "include_usage") == true;
        var options = new ChatOptions
        {
            ModelId = RequestJson.RequiredText(root, "model"), MaxOutputTokens = MaxOutput(root),
        };
        if (RequestJson.Given(root, "messages") is null)
            throw EndpointFailure.Bad("'messages' is missing; give a list.");
        var items = RequestJson.Items(root, "messages");
        return raw
            ? new ChatRequest([.. items.Select(LooseMessage)], new Carried { Raw = root }.On(options), stream, usage)
            : new ChatRequest(
                [.. items.Select(OpenAiMessageReader.Read)], OpenAiOptionsReader.Read(root, options), stream, usage);
    }

    private static int? MaxOutput(JsonElement root)
    {
        var now = RequestJson.Whole(root, "max_completion_tokens", 1, MostOutputTokens);
        var before = RequestJson.Whole(root, "max_tokens", 1, MostOutputTokens);
        return now is null || before is null
            ? now ?? before
            : throw EndpointFailure.Bad(
                $"'max_completion_tokens' is {now} and 'max_tokens' is {before}; send one of them.");
    }

    /// <summary>
    /// A message of a request that goes on as it is: its texts, and nothing that Baton does not know.
    /// </summary>
    private static ChatMessage LooseMessage(JsonElement message)
    {
        var role = new ChatRole(RequestJson.Text(message, "role") is { Length: > 0 } given ? given : "user");
        return RequestJson.Given(message, "content") switch
        {
            { ValueKind: JsonValueKind.String } text => new ChatMessage(role, text.GetString()),
            { ValueKind: JsonValueKind.Array } parts => new ChatMessage(role,
                [.. parts.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object)
                    .Select(p => RequestJson.Given(p, "text"))
                    .Where(t => t is { ValueKind: JsonValueKind.String })
                    .Select(t => new TextContent(t!.Value.GetString()))]),
            _ => new ChatMessage(role, []),
        };
    }
}
