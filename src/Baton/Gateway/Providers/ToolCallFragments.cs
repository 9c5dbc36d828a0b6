using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Providers;

/// <summary>
/// Puts streamed tool calls together. The index ties their fragments to one another; where a server sends none, a new
/// id begins a new call and a fragment without one goes on with the last.
/// </summary>
internal sealed class ToolCallFragments
{
    private readonly List<OpenCall> _open = [];

    /// <summary>Whether the stream has carried a refusal.</summary>
    public bool Refused { get; set; }

    public void Add(JsonElement fragment)
    {
        if (fragment.ValueKind != JsonValueKind.Object) return;
        var id = OpenAiResponseJson.Text(fragment, "id") is { Length: > 0 } given ? given : null;
        var call = Find(OpenAiResponseJson.Number(fragment, "index"), id);
        call.Id = id ?? call.Id;
        if (!fragment.TryGetProperty("function", out var function)) return;
        if (function.ValueKind != JsonValueKind.Object) return;
        if (OpenAiResponseJson.Text(function, "name") is { Length: > 0 } name) call.Name = name;
        call.Arguments.Append(OpenAiResponseJson.Arguments(function));
    }

    /// <summary>The finished calls, once.</summary>
    public IEnumerable<FunctionCallContent> Take()
    {
        // Those with an index in its order, the others as they came.
        foreach (var call in _open.OrderBy(c => c.Index ?? long.MaxValue))
            yield return ToolText.Call(call.Id, call.Name, call.Arguments.ToString());
        _open.Clear();
    }

    private OpenCall Find(long? index, string? id)
    {
        var known = (index, id) switch
        {
            ({ } at, _) => _open.Find(c => c.Index == at),
            (null, { } named) => _open.Find(c => c.Id == named),
            _ => _open.LastOrDefault(),
        };
        if (known is not null) return known;
        var call = new OpenCall { Index = index };
        _open.Add(call);
        return call;
    }

    private sealed class OpenCall
    {
        public long? Index { get; init; }

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
