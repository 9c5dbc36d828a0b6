using System.Text.Json;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>Reads one message of a chat completion request.</summary>
internal static class OpenAiMessageReader
{
    /// <exception cref="EndpointFailure">A field is missing or has the wrong type.</exception>
    public static ChatMessage Read(JsonElement message)
    {
        var role = RequestJson.RequiredText(message, "role");
        if (role == "tool") return ToolResult(message);
        var contents = Contents(message);
        foreach (var call in RequestJson.Items(message, "tool_calls"))
        {
            var function = RequestJson.RequiredMember(call, "function");
            contents.Add(ToolText.Call(RequestJson.Text(call, "id") ?? "", RequestJson.RequiredText(function, "name"),
                RequestJson.Text(function, "arguments") ?? "{}"));
        }
        return new ChatMessage(role switch
        {
            "system" or "developer" => ChatRole.System,
            "assistant" => ChatRole.Assistant,
            "user" => ChatRole.User,
            _ => throw EndpointFailure.Bad(
                $"'{role}' is no role of a message; give system, developer, user, assistant or tool."),
        }, contents) { AuthorName = RequestJson.Text(message, "name") };
    }

    private static ChatMessage ToolResult(JsonElement message)
    {
        var text = string.Concat(Contents(message).OfType<TextContent>().Select(c => c.Text));
        return new ChatMessage(ChatRole.Tool,
            [new FunctionResultContent(RequestJson.Text(message, "tool_call_id") ?? "", text)]);
    }

    private static List<AIContent> Contents(JsonElement message) => RequestJson.Given(message, "content") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [new TextContent(text.GetString())],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select(Part)],
        { } other => throw RequestJson.Wrong("content", other, "a text or a list of parts"),
    };

    private static AIContent Part(JsonElement part)
    {
        AIContent content = RequestJson.RequiredText(part, "type") switch
        {
            "text" or "input_text" => new TextContent(RequestJson.Text(part, "text")),
            "refusal" => new TextContent(RequestJson.Text(part, "refusal")),
            "image_url" => Image(part),
            var type => throw EndpointFailure.Bad($"Content of type '{type}' is no text and no image_url."),
        };
        if (RequestJson.Member(part, WireFields.CacheControl) is { } control)
            WireFields.Set(content, WireFields.CacheControl, control);
        return content;
    }

    private static AIContent Image(JsonElement part)
    {
        var image = RequestJson.RequiredMember(part, "image_url");
        var url = RequestJson.RequiredText(image, "url");
        var detail = RequestJson.Word(image, WireFields.Detail, "auto", "low", "high");
        try
        {
            AIContent content = url.StartsWith("data:", StringComparison.Ordinal)
                ? new DataContent(url)
                : new UriContent(url, "image/*");
            if (detail is not null) WireFields.Set(content, WireFields.Detail, detail);
            return content;
        }
        catch (Exception error) when (error is UriFormatException or ArgumentException or FormatException)
        {
            throw EndpointFailure.Bad(
                "'url' of an image is no address and no data URL; give https://… or data:image/…;base64,….");
        }
    }
}
