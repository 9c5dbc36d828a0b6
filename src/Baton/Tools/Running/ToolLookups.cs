using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>What was looked up before a call.</summary>
/// <param name="Problem">Why it could not be; null when it was.</param>
internal sealed record LookedUp(JsonObject Data, IdentityNeed Identity, ToolOutcome? Problem = null);

/// <summary>Makes the look-ups that a tool declares: code reads the facts itself, for exactly this call.</summary>
internal sealed class ToolLookups(ToolCallers callers)
{
    public async Task<LookedUp> ReadAsync(
        Tool tool, ToolCall call, ToolContext context, CancellationToken cancellationToken)
    {
        var data = new JsonObject
        {
            ["customer"] = new JsonObject { ["id"] = context.Identity.CustomerId, ["tier"] = context.Tier },
            ["input"] = call.Inputs.DeepClone(),
        };
        var owner = false;
        foreach (var lookup in tool.Lookups)
        {
            var read = context.Playbook.Tools.First(t => t.Name == lookup.Tool);
            var result = await callers.CallAsync(
                read, Inputs(lookup.Inputs, data), context.Identity, null, cancellationToken);
            if (Problem(read, result) is { } problem) return new LookedUp(data, IdentityNeed.None, problem);
            if (result is not ToolResult.Ok ok) continue;
            owner |= ok.IsOwner;
            var answer = JsonNode.Parse(ok.Data.GetRawText());
            data[lookup.Name] = lookup.At is null || answer is not JsonObject all
                ? answer : FactPlace.Node(all, lookup.At)?.DeepClone();
        }
        data.Remove("input");
        return new LookedUp(data, context.Identity is Identity.Verified ? IdentityNeed.Verified
            : owner ? IdentityNeed.Matched : IdentityNeed.None);
    }

    /// <summary>Whether an effect is there, says the tool's own look-up.</summary>
    public async Task<(ToolResult Result, JsonObject? Answer)> ReconcileAsync(
        ToolReconcile reconcile, ToolCall call, ToolContext context, string effectKey,
        CancellationToken cancellationToken)
    {
        var read = context.Playbook.Tools.First(t => t.Name == reconcile.Tool);
        var data = new JsonObject
        {
            ["input"] = call.Inputs.DeepClone(), ["effect"] = new JsonObject { ["key"] = effectKey },
        };
        var result = await callers.CallAsync(
            read, Inputs(reconcile.Inputs, data), context.Identity, null, cancellationToken);
        return (result, result is ToolResult.Ok ok ? JsonNode.Parse(ok.Data.GetRawText()) as JsonObject : null);
    }

    private static JsonObject Inputs(IReadOnlyDictionary<string, string> places, JsonObject data)
    {
        var inputs = new JsonObject();
        foreach (var (name, place) in places)
            if (FactPlace.Node(data, place) is { } value && value.GetValueKind() != JsonValueKind.Null)
                inputs[name] = value.DeepClone();
        return inputs;
    }

    /// <summary>What is not there stays unknown, and no condition over it holds.</summary>
    private static ToolOutcome? Problem(Tool read, ToolResult result) => result switch
    {
        ToolResult.NotTheirs => new ToolOutcome.Failed(
            ToolFailure.NotTheirs, $"what {read.Name} found belongs to another customer", false),
        ToolResult.NotFound => new ToolOutcome.Failed(ToolFailure.NotFound, $"{read.Name} found nothing", false),
        ToolResult.Broken broken => new ToolOutcome.Failed(ToolFailure.Broken, $"{broken.Dependency} is down", false),
        ToolResult.Failed failed => new ToolOutcome.Failed(
            ToolFailure.Unavailable, $"{read.Name}: {failed.Why}", failed.IsTransient),
        _ => null,
    };
}
