using System.Collections.Frozen;
using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Endpoint;

/// <summary>
/// Reads what a chat completion request says beside its messages. Fields that Baton does not interpret go on to the
/// provider as they are.
/// </summary>
internal static class OpenAiOptionsReader
{
    private static readonly FrozenSet<string> Interpreted = new[]
    {
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p",
        "frequency_penalty", "presence_penalty", "seed", "stop", "tools", "tool_choice", "parallel_tool_calls",
        "response_format",
    }.ToFrozenSet();

    /// <summary>
    /// What must not go on: it would make the provider keep the conversation, or answer more than once.
    /// </summary>
    private static readonly FrozenSet<string> Dropped = new[] { "store", "n", "user", "metadata" }.ToFrozenSet();

    /// <exception cref="EndpointFailure">A field is missing, has the wrong type or is out of range.</exception>
    public static ChatOptions Read(JsonElement root, ChatOptions options)
    {
        options.Temperature = (float?)RequestJson.Number(root, "temperature", 0, 2);
        options.TopP = (float?)RequestJson.Number(root, "top_p", 0, 1);
        options.FrequencyPenalty = (float?)RequestJson.Number(root, "frequency_penalty", -2, 2);
        options.PresencePenalty = (float?)RequestJson.Number(root, "presence_penalty", -2, 2);
        options.Seed = RequestJson.Long(root, "seed");
        options.StopSequences = Stops(root);
        options.Tools = [.. RequestJson.Items(root, "tools").Select(Tool)];
        options.ToolMode = ToolMode(root);
        options.AllowMultipleToolCalls = RequestJson.Flag(root, "parallel_tool_calls");
        Format(root, options);
        var format = RequestJson.Member(root, "response_format");
        var named = format is { } asked ? RequestJson.Member(asked, "json_schema") : null;
        return new Carried
        {
            StrictSchema = named is { } schema ? RequestJson.Flag(schema, WireFields.Strict) ?? false : true,
            Extra = [.. root.EnumerateObject()
                .Where(p => !Interpreted.Contains(p.Name) && !Dropped.Contains(p.Name))
                .Select(p => KeyValuePair.Create(p.Name, p.Value.Clone()))],
        }.On(options);
    }

    private static AIFunctionDeclaration Tool(JsonElement tool)
    {
        var function = RequestJson.RequiredMember(tool, "function");
        var parameters = RequestJson.Member(function, "parameters")?.Clone()
            ?? JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{}}""");
        return new WireTool(
            RequestJson.RequiredText(function, "name"), RequestJson.Text(function, "description") ?? "", parameters,
            RequestJson.Flag(function, WireFields.Strict), RequestJson.Member(tool, WireFields.CacheControl)?.Clone());
    }

    private static ChatToolMode? ToolMode(JsonElement root) => RequestJson.Given(root, "tool_choice") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } choice => ChatToolMode.RequireSpecific(
            RequestJson.RequiredText(RequestJson.RequiredMember(choice, "function"), "name")),
        _ => RequestJson.Word(root, "tool_choice", "none", "auto", "required") switch
        {
            "required" => ChatToolMode.RequireAny,
            "none" => ChatToolMode.None,
            _ => ChatToolMode.Auto,
        },
    };

    private static void Format(JsonElement root, ChatOptions options)
    {
        if (RequestJson.Member(root, "response_format") is not { } format) return;
        var type = RequestJson.Word(format, "type", "text", "json_object", "json_schema");
        if (type == "json_object") options.ResponseFormat = ChatResponseFormat.Json;
        if (type != "json_schema") return;
        var named = RequestJson.RequiredMember(format, "json_schema");
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(RequestJson.RequiredMember(named, "schema").Clone(),
            RequestJson.Text(named, "name"), RequestJson.Text(named, "description"));
    }

    private static List<string>? Stops(JsonElement root) => RequestJson.Given(root, "stop") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } stop => [stop.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(s =>
            s.ValueKind == JsonValueKind.String ? s.GetString()! : throw RequestJson.Wrong("stop", s, "texts"))],
        { } other => throw RequestJson.Wrong("stop", other, "a text or a list of texts"),
    };
}
