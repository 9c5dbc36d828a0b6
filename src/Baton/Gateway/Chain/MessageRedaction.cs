using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Gateway.Providers;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>Replaces personal data in every text of a request: messages, tool arguments, tool results.</summary>
/// <param name="keepKnown">Leave placeholders that exist already as they are: the text was redacted before.</param>
internal sealed class MessageRedaction(Redactor redactor, Placeholders placeholders, bool keepKnown)
{
    /// <summary>What was replaced by what.</summary>
    public Placeholders Placeholders => placeholders;

    public List<ChatMessage> Apply(IEnumerable<ChatMessage> messages) => [.. messages.Select(Message)];

    public ChatOptions? Apply(ChatOptions? options)
    {
        if (string.IsNullOrEmpty(options?.Instructions)) return options;
        var copy = options.Clone();
        copy.Instructions = Text(options.Instructions);
        return copy;
    }

    public string Text(string text) =>
        keepKnown ? AroundPlaceholders(text) : redactor.Redact(text, placeholders).Text;

    private ChatMessage Message(ChatMessage message) =>
        new(message.Role, [.. message.Contents.Select(Content)]) { AuthorName = message.AuthorName };

    private AIContent Content(AIContent content) => content switch
    {
        TextContent text => new TextContent(Text(text.Text)),
        TextReasoningContent reasoning => new TextReasoningContent(Text(reasoning.Text)),
        FunctionResultContent result => new FunctionResultContent(result.CallId, Text(ToolText.Of(result))),
        FunctionCallContent call => ToolText.Call(call.CallId, call.Name, JsonStrings.Map(ToolText.Arguments(call), Text)),
        _ => content,
    };

    /// <summary>Redacts what lies between the placeholders of the conversation.</summary>
    private string AroundPlaceholders(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        for (var open = text.IndexOf('['); open >= 0; open = text.IndexOf('[', open + 1))
        {
            var length = Placeholders.LengthAt(text, open);
            if (length == 0) continue;
            var name = text.Substring(open, length);
            if (placeholders.Restore(name) == name) continue;
            result.Append(redactor.Redact(text[start..open], placeholders).Text).Append(name);
            start = open + length;
        }
        return start == 0
            ? redactor.Redact(text, placeholders).Text
            : result.Append(redactor.Redact(text[start..], placeholders).Text).ToString();
    }
}

/// <summary>Changes the strings inside a JSON text and nothing else.</summary>
internal static class JsonStrings
{
    /// <summary>The changed JSON; a text that is no JSON is changed as a whole.</summary>
    public static string Map(string json, Func<string, string> change)
    {
        try
        {
            return Map(JsonNode.Parse(json), change)?.ToJsonString() ?? json;
        }
        catch (JsonException)
        {
            return change(json);
        }
    }

    private static JsonNode? Map(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Map(m.Value, change)))),
        JsonArray items => new JsonArray([.. items.Select(item => Map(item, change))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => change(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };
}
