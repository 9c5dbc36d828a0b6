using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>Puts streamed tool calls together; the index ties their fragments to one another.</summary>
internal sealed class ToolCallFragments
{
    private readonly SortedDictionary<long, OpenCall> _open = [];

    /// <summary>Whether the stream has carried a refusal.</summary>
    public bool Refused { get; set; }

    public void Add(JsonElement fragment)
    {
        var index = OpenAiResponseJson.Number(fragment, "index") ?? 0;
        if (!_open.TryGetValue(index, out var call)) _open[index] = call = new OpenCall();
        if (OpenAiResponseJson.Text(fragment, "id") is { Length: > 0 } id) call.Id = id;
        if (fragment.TryGetProperty("function", out var function))
        {
            if (OpenAiResponseJson.Text(function, "name") is { Length: > 0 } name) call.Name = name;
            call.Arguments.Append(OpenAiResponseJson.Text(function, "arguments"));
        }
    }

    /// <summary>The finished calls, once.</summary>
    public IEnumerable<FunctionCallContent> Take()
    {
        foreach (var call in _open.Values) yield return ToolText.Call(call.Id, call.Name, call.Arguments.ToString());
        _open.Clear();
    }

    private sealed class OpenCall
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
