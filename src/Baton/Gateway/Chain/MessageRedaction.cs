using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Gateway.Providers;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Replaces personal data in every text of a request: messages and their names, tool calls and results, instructions,
/// and by
/// <see cref="OptionsRedaction"/> everything beside the messages. Free are numbers, flags, roles, and images, whose
/// bytes are not read.
/// </summary>
/// <param name="keepKnown">Leave placeholders that exist already as they are: the text was redacted before.</param>
internal sealed class MessageRedaction(Redactor redactor, Placeholders placeholders, bool keepKnown)
{
    /// <summary>What was replaced by what.</summary>
    public Placeholders Placeholders => placeholders;

    public List<ChatMessage> Apply(IEnumerable<ChatMessage> messages) => [.. messages.Select(Message)];

    public ChatOptions? Apply(ChatOptions? options) =>
        options is null ? null : new OptionsRedaction(this).Apply(options);

    public string Text(string text) =>
        keepKnown ? redactor.RedactAgain(text, placeholders) : redactor.Redact(text, placeholders).Text;

    /// <summary>A name that providers take letters, digits, <c>-</c> and <c>_</c> for only.</summary>
    public string Identifier(string name)
    {
        var clean = Text(name);
        return clean == name ? name : string.Concat(clean.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
    }

    /// <summary>A text that would not work with a placeholder in it.</summary>
    /// <exception cref="GatewayException">It holds personal data.</exception>
    public string Unchanged(string text, string what) => Text(text) == text
        ? text
        : throw new GatewayException(GatewayFailure.BadRequest,
            $"{what} holds personal data, and with a placeholder in its place it would not work; send it without");

    /// <summary>Every string of a JSON value, names of fields among them.</summary>
    public JsonElement Json(JsonElement value)
    {
        var raw = value.GetRawText();
        var clean = JsonStrings.Map(raw, Text);
        return clean == raw ? value : JsonSerializer.Deserialize<JsonElement>(clean);
    }

    private ChatMessage Message(ChatMessage message) => new(message.Role, [.. message.Contents.Select(Content)])
    {
        AuthorName = message.AuthorName is { } name ? Identifier(name) : null,
    };

    private AIContent Content(AIContent content)
    {
        AIContent clean = content switch
        {
            TextContent text => new TextContent(Text(text.Text)),
            TextReasoningContent reasoning => new TextReasoningContent(Text(reasoning.Text)),
            ErrorContent error => new ErrorContent(Text(error.Message)) { ErrorCode = error.ErrorCode },
            FunctionResultContent result =>
                new FunctionResultContent(Identifier(result.CallId), Text(ToolText.Of(result))),
            FunctionCallContent call => ToolText.Call(
                Identifier(call.CallId), Unchanged(call.Name, "the name of a tool"),
                JsonStrings.Map(ToolText.Arguments(call), Text)),
            UriContent uri => Address(uri),
            _ => content,
        };
        foreach (var name in (string[])[WireFields.Detail, WireFields.CacheControl])
        {
            if (clean != content && content.AdditionalProperties?.GetValueOrDefault(name) is { } field)
                WireFields.Set(clean, name, field is JsonElement json ? Json(json) : field);
        }
        return clean;
    }

    /// <summary>
    /// The finders take an address for one word, so the values of its query are looked at one by one.
    /// </summary>
    private UriContent Address(UriContent content)
    {
        const string what = "the address of an image";
        Unchanged(content.Uri.ToString(), what);
        foreach (var value in content.Uri.Query.Split('?', '&', '=')) Unchanged(Uri.UnescapeDataString(value), what);
        return content;
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

    private static JsonObject Map(JsonObject members, Func<string, string> change)
    {
        // Two names may become one.
        var mapped = new JsonObject();
        foreach (var (name, value) in members) mapped[change(name)] = Map(value, change);
        return mapped;
    }

    private static JsonNode? Map(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject members => Map(members, change),
        JsonArray items => new JsonArray([.. items.Select(item => Map(item, change))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => change(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };
}
