using System.Text.Json;
using Baton.Gateway.Providers;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Telemetry;

/// <summary>Messages in the form of the conventions: <c>[{"role","parts":[{"type","content"}]}]</c>.</summary>
internal static class MessagesJson
{
    /// <summary>The messages without personal data; placeholders that stand there stay.</summary>
    public static string Of(IEnumerable<ChatMessage> messages, Redactor redactor)
    {
        var none = new Placeholders();
        none.Close();
        return JsonSerializer.Serialize(messages.Select(m => new
        {
            role = m.Role.Value,
            parts = m.Contents.Select(Part).Where(p => p.Count > 0)
                .Select(p => p.ToDictionary(f => f.Key, f => redactor.RedactAgain(f.Value, none))),
        }));
    }

    private static Dictionary<string, string> Part(AIContent content) => content switch
    {
        TextContent text => new() { ["type"] = "text", ["content"] = text.Text },
        ErrorContent refusal => new() { ["type"] = "refusal", ["content"] = refusal.Message },
        FunctionCallContent call => new()
        {
            ["type"] = "tool_call", ["id"] = call.CallId, ["name"] = call.Name,
                ["arguments"] = ToolText.Arguments(call),
        },
        FunctionResultContent result => new()
        {
            ["type"] = "tool_call_response", ["id"] = result.CallId, ["response"] = ToolText.Of(result),
        },
        _ => [],
    };
}
