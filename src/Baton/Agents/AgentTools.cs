using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Microsoft.Extensions.AI;

namespace Baton.Agents;

/// <summary>What a model is offered: the tools whose scopes the agent holds, and two ways out.</summary>
internal static class AgentTools
{
    /// <summary>Gives the ticket to a person.</summary>
    public const string Person = "give_to_person";

    /// <summary>Passes the task to another agent.</summary>
    public const string HandTo = "hand_to";

    public static IList<AITool> Of(Playbook playbook, AgentIdentity agent)
    {
        List<AITool> tools =
        [
            .. playbook.Tools.Where(t => agent.Scopes.Contains(t.Scope)).Select(t =>
                Declare(t.Name, t.Description, WithoutFilled(t.InputSchema))),
            Declare(Person, "Gives the ticket to a person of the team when you cannot go on",
                Schema("why", "one sentence", null)),
        ];
        if (agent.HandsTo.Count > 0)
            tools.Add(Declare(HandTo, "Passes the task to another agent", Schema("agent", "its name", agent.HandsTo)));
        return tools;
    }

    private static AIFunctionDeclaration Declare(string name, string description, JsonObject schema) =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonSerializer.SerializeToElement(schema));

    /// <summary>Inputs that code fills are none of the model's business.</summary>
    private static JsonObject WithoutFilled(JsonObject schema)
    {
        var shown = (JsonObject)schema.DeepClone();
        if (shown["properties"] is not JsonObject properties) return shown;
        string[] filled = [.. properties.Where(p => (p.Value as JsonObject)?.ContainsKey("from") == true).Select(p => p.Key)];
        foreach (var name in filled) properties.Remove(name);
        if (shown["required"] is JsonArray required)
            shown["required"] = new JsonArray(
                [.. required.Select(r => r!.GetValue<string>()).Except(filled).Select(r => (JsonNode)r)]);
        return shown;
    }

    private static JsonObject Schema(string name, string what, IReadOnlyList<string>? words)
    {
        var property = new JsonObject { ["type"] = "string", ["description"] = what };
        if (words is not null) property["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]);
        return new JsonObject
        {
            ["type"] = "object", ["properties"] = new JsonObject { [name] = property }, ["required"] = new JsonArray(name),
        };
    }
}
