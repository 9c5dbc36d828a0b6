using Baton.Gateway.Calls;
using Baton.Gateway.Providers;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Replaces personal data in what a request says beside its messages: instructions, descriptions and schemas of
/// tools, the schema of the answer, stop sequences, and every field that is passed on without being understood.
/// </summary>
internal sealed class OptionsRedaction(MessageRedaction redaction)
{
    public ChatOptions Apply(ChatOptions options)
    {
        var copy = options.Clone();
        if (options.Instructions is { Length: > 0 } instructions) copy.Instructions = redaction.Text(instructions);
        if (options.StopSequences is { } stops) copy.StopSequences = [.. stops.Select(redaction.Text)];
        if (options.Tools is { } tools) copy.Tools = [.. tools.Select(Tool)];
        if (options.ResponseFormat is ChatResponseFormatJson format) copy.ResponseFormat = Format(format);
        var carried = Carried.Of(options);
        if (carried.Extra.Count == 0) return copy;
        return (carried with { Extra = [.. carried.Extra.Select(f => KeyValuePair.Create(
            redaction.Unchanged(f.Key, "the name of a field"), redaction.Json(f.Value)))] }).On(copy);
    }

    private AITool Tool(AITool tool)
    {
        if (tool is not AIFunctionDeclaration function) return tool;
        var name = redaction.Unchanged(function.Name, "the name of a tool");
        var (said, schema) = (redaction.Text(function.Description), redaction.Json(function.JsonSchema));
        // A tool that says nothing personal stays what it is, with whatever its caller attached to it.
        if (said == function.Description && schema.Equals(function.JsonSchema)) return tool;
        var strict = function.AdditionalProperties.GetValueOrDefault(WireFields.Strict) as bool?;
        return new WireTool(name, said, schema, strict, (function as WireTool)?.CacheControl);
    }

    private ChatResponseFormatJson Format(ChatResponseFormatJson format) => format.Schema is not { } schema
        ? format
        : ChatResponseFormat.ForJsonSchema(redaction.Json(schema),
            format.SchemaName is { } name ? redaction.Identifier(name) : null,
            format.SchemaDescription is { } text ? redaction.Text(text) : null);
}
