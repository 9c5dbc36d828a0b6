using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Tools.Mcp;

namespace Baton.Tools.Running;

/// <summary>A function of Baton's own that a tool file may name under <c>builtin</c>.</summary>
internal sealed record BuiltinTool(
    string Name, Func<JsonObject, CancellationToken, Task<JsonElement>> Call);

/// <summary>
/// Makes one attempt of a call, whatever stands behind the tool, unless what it depends on is known to be down.
/// </summary>
internal sealed class ToolCallers(
    HttpToolCaller http, McpTools mcp, IEnumerable<BuiltinTool> builtins, Dependencies dependencies,
    KillSwitch killSwitch, TimeProvider clock)
{
    private readonly FrozenDictionary<string, BuiltinTool> _builtins = builtins.ToFrozenDictionary(b => b.Name);

    public async Task<ToolResult> CallAsync(
        Tool tool, JsonObject inputs, Identity identity, string? effectKey, CancellationToken cancellationToken)
    {
        var dependency = Dependencies.NameOf(tool);
        // Look-ups of intents come here as well, without an agent.
        if (killSwitch.Of(KillScope.Tool, tool.Name) is not null) return new ToolResult.Broken($"{tool.Name} (stopped)");
        if (!dependencies.MayCall(dependency)) return new ToolResult.Broken(dependency);
        var started = clock.GetTimestamp();
        var result = await AttemptAsync(tool, inputs, identity, effectKey, cancellationToken);
        dependencies.Took(dependency, clock.GetElapsedTime(started));
        dependencies.Note(dependency, result is not ToolResult.Failed { IsTransient: true });
        return result;
    }

    private async Task<ToolResult> AttemptAsync(
        Tool tool, JsonObject inputs, Identity identity, string? effectKey, CancellationToken cancellationToken)
    {
        if (tool.Mcp is not null)
        {
            var answer = await mcp.CallAsync(tool, inputs, cancellationToken);
            return answer is ToolResult.Ok said ? HttpToolCaller.Read(tool, identity, said.Data) : answer;
        }
        if (tool.Builtin is not { } name)
            return await http.CallAsync(tool, inputs, identity, effectKey, cancellationToken);
        return _builtins.TryGetValue(name, out var builtin)
            ? HttpToolCaller.Read(tool, identity, await builtin.Call(inputs, cancellationToken))
            : new ToolResult.Failed($"there is no built-in function '{name}'", false);
    }
}
