using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Tool arguments and results as the text that goes over the wire.</summary>
internal static class ToolText
{
    /// <summary>Arguments as the provider wrote them, also when they are no valid JSON.</summary>
    private const string RawArguments = "baton.raw_arguments";

    public static string Of(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        var other => JsonSerializer.Serialize(other),
    };

    public static string Arguments(FunctionCallContent call)
    {
        if (call.AdditionalProperties?.GetValueOrDefault(RawArguments) is string text) return text;
        return call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments);
    }

    /// <summary>A call as a provider made it. Arguments that are no JSON object become an error of the call.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments)
    {
        var call = new FunctionCallContent(id, name)
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [RawArguments] = arguments },
        };
        try
        {
            call.Arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(
                arguments.Length == 0 ? "{}" : arguments);
        }
        catch (JsonException error)
        {
            call.Exception = error;
        }
        return call;
    }
}
