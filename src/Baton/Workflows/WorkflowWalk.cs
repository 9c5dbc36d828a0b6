using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Workflows;
using Baton.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Workflows;

/// <summary>A run on its way: what it knows, and which steps it has taken.</summary>
internal sealed class WorkflowWalk(Workflow workflow, WorkflowStart start, ToolContext context, WorkflowRun run)
{
    private readonly List<StepResult> _taken = [.. run.Steps];

    public Workflow Workflow => workflow;

    public WorkflowStart Start => start;

    public ToolContext Context => context;

    public WorkflowRun Run => run;

    public WorkflowData Data { get; } = new(workflow, start);

    public IReadOnlyList<StepResult> Taken => _taken;

    /// <summary>The step that was taken at a place; null when none was.</summary>
    public StepResult? At(int position) => _taken.Find(s => s.Position == position);

    /// <summary>Keeps how a step ended; a later attempt takes the place of one before it.</summary>
    public void Take(StepResult result)
    {
        _taken.RemoveAll(s => s.Position == result.Position);
        _taken.Add(result);
    }

    public Tool Tool(string name) => context.Playbook.Tools.First(t => t.Name == name);

    /// <summary>The call of a step, its inputs filled by code; null when a hole has no value.</summary>
    public ToolCall? Call(
        string agent, string tool, IReadOnlyDictionary<string, string> templates, out string? missing)
    {
        if (Data.Inputs(templates, out missing) is not { } inputs) return null;
        return new ToolCall
        {
            Tool = tool, Agent = agent, Inputs = inputs, ConversationId = start.ConversationId, Turn = start.Turn,
            FromCode = inputs.Select(i => i.Key).ToHashSet(), Tainted = false,
        };
    }

    /// <summary>The call that tells whether a step had its effect; null where its tool has none.</summary>
    public ToolCall? LookUp(WorkflowStep.Call step)
    {
        var tool = Tool(step.Tool);
        if (tool.Reconcile is not { } reconcile || Call(step.Agent, step.Tool, step.Inputs, out _) is not { } made)
            return null;
        var inputs = new JsonObject();
        foreach (var (name, place) in reconcile.Inputs)
            inputs[name] = place == "effect.key" ? EffectKey.Of(tool, made)
                : Playbooks.Acting.FactPlace.Node(new JsonObject { ["input"] = made.Inputs.DeepClone() }, place)
                    ?.DeepClone();
        return made with { Tool = reconcile.Tool, Inputs = inputs };
    }
}
