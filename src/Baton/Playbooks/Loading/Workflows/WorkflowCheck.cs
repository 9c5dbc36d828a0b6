using System.Text.Json.Nodes;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Workflows;

namespace Baton.Playbooks.Loading.Workflows;

/// <summary>Whether a workflow can be walked: who takes its steps, what they call, where values come from.</summary>
internal static class WorkflowCheck
{
    public static void Check(
        Section section, Workflow workflow, IReadOnlyList<Tool> tools, IReadOnlyList<AgentIdentity> agents)
    {
        var at = section.Here;
        var problems = section.Problems;
        if (workflow.Steps.Count > 0 && workflow.Steps[^1] is not WorkflowStep.Tell)
            problems.Add(at, $"{section.What}: the customer is never told; end with a step that has 'tell'");
        AgentIdentity? before = null;
        List<string> earlier = [];
        foreach (var step in workflow.Steps)
        {
            var what = $"{section.What}, step '{step.Name}'";
            var agent = agents.FirstOrDefault(a => a.Name == step.Agent);
            if (agent is null)
                problems.Add(at, $"{what}: unknown agent '{step.Agent}'{Suggestion.Hint(step.Agent, [.. agents.Select(a => a.Name)])}");
            else if (before is not null && before.Name != agent.Name && !before.HandsTo.Contains(agent.Name))
                problems.Add(at, $"{what}: agent '{before.Name}' may not hand over to '{agent.Name}'; add it to hands_to in agents.yaml");
            before = agent ?? before;
            if (step is WorkflowStep.Tell tell && step != workflow.Steps[^1])
                problems.Add(at, $"{what}: a step after it could fail when the customer has been told; put 'tell' last");
            foreach (var text in Texts(step)) CheckHoles(text, what, at, workflow, earlier, problems);
            if (step is WorkflowStep.Call call)
            {
                CheckCall(call.Tool, call.Inputs, agent, what, at, tools, problems);
                earlier.Add(step.Name);
                if (call.Undo is { } undo)
                {
                    CheckCall(undo.Tool, undo.Inputs, agent, $"{what}, undo", at, tools, problems);
                    foreach (var text in undo.Inputs.Values)
                        CheckHoles(text, $"{what}, undo", at, workflow, earlier, problems);
                }
            }
        }
    }

    private static IEnumerable<string> Texts(WorkflowStep step) => step switch
    {
        WorkflowStep.Call call => call.Inputs.Values,
        WorkflowStep.Tell tell => [tell.Text],
        _ => [],
    };

    /// <summary>A hole is filled from a step before, a field of the ticket, or the customer's tier.</summary>
    private static void CheckHoles(
        string text, string what, Located at, Workflow workflow, List<string> earlier, ProblemList problems)
    {
        if (Holes.Read(text) is not { } holes)
        {
            problems.Add(at, $"{what}: '{text}' has a brace that is not a hole; write {{read.order.id}}");
            return;
        }
        foreach (var hole in holes.Select(h => h.TrimStart('!')))
        {
            var root = hole.Split('.')[0];
            if (root == "field" ? workflow.Needs.Contains(hole[(root.Length + 1)..])
                : root == "customer" || earlier.Contains(root)) continue;
            problems.Add(at, $"{what}: nothing is known of '{{{hole}}}' there; name a step before it ({string.Join(", ", earlier)}) "
                + "or a field of 'needs' as {field.order_id}");
        }
    }

    private static void CheckCall(
        string name, IReadOnlyDictionary<string, string> inputs, AgentIdentity? agent, string what, Located at,
        IReadOnlyList<Tool> tools, ProblemList problems)
    {
        if (tools.FirstOrDefault(t => t.Name == name) is not { } tool)
        {
            problems.Add(at, $"{what}: unknown tool '{name}'{Suggestion.Hint(name, [.. tools.Select(t => t.Name)])}");
            return;
        }
        if (agent is not null && !agent.Scopes.Contains(tool.Scope))
            problems.Add(at, $"{what}: agent '{agent.Name}' does not hold the scope '{tool.Scope}' of tool '{name}', so that every call would be denied");
        var properties = tool.InputSchema["properties"] as JsonObject ?? [];
        foreach (var input in inputs.Keys.Where(i => !properties.ContainsKey(i)))
            problems.Add(at, $"{what}: '{input}' is not an input of tool '{name}'{Suggestion.Hint(input, [.. properties.Select(p => p.Key)])}");
        var required = (tool.InputSchema["required"] as JsonArray)?.Select(r => r?.ToString() ?? "") ?? [];
        foreach (var input in required.Where(r => !inputs.ContainsKey(r)))
            problems.Add(at, $"{what}: tool '{name}' needs the input '{input}'; add it to 'inputs'");
    }
}
