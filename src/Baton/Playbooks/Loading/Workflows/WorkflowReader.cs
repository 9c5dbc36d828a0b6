using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Loading.Tools;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Workflows;

namespace Baton.Playbooks.Loading.Workflows;

/// <summary>Reads <c>workflows/*.yaml</c>.</summary>
internal static class WorkflowReader
{
    public const string Folder = "workflows";

    /// <summary>More steps are more than one matter.</summary>
    private const int MostSteps = 20;

    public static IReadOnlyList<Workflow> Read(
        IReadOnlyList<SourceFile> files, IReadOnlyList<Tool> tools, IReadOnlyList<AgentIdentity> agents,
        IReadOnlyList<Intent> intents, LoadState state)
    {
        List<Workflow> workflows = [];
        List<Located> names = [];
        List<Located> served = [];
        foreach (var plain in files.Select(state.Open).OfType<Section>())
        {
            var name = plain.RequiredLocated("name", "refund");
            Names.CheckShape(name, "workflow", state.Problems);
            if (name is { } given) names.Add(given);
            var section = plain.Called($"workflow '{name?.Text ?? plain.File.Stem}'");
            var workflow = ReadWorkflow(section, name?.Text ?? "", intents, state);
            served.AddRange(section.Texts("intents"));
            section.Close();
            workflows.Add(workflow);
            WorkflowCheck.Check(section, workflow, tools, agents);
        }
        Names.CheckUnique(names, "workflow", state.Problems);
        Names.CheckUnique(served, "intent of a workflow", state.Problems);
        return workflows;
    }

    private static Workflow ReadWorkflow(
        Section section, string name, IReadOnlyList<Intent> intents, LoadState state)
    {
        section.Required("intents", "[refund_request]");
        var known = new Names("intent", [.. intents.Select(i => i.Name)]);
        foreach (var intent in section.Texts("intents")) known.Check(intent, section.What, state.Problems);
        foreach (var need in section.Texts("needs")) state.Fields.Check(need, section.What, state.Problems);
        var facts = ToolConditions.Facts(section);
        var vocabulary = RuleVocabulary.Open.Only([.. facts.Select(f => f.Field)]);
        List<WorkflowStep> steps = [];
        List<Located> stepNames = [];
        section.Required("steps", "[{ name: read, agent: triage, call: get_order, inputs: { order_id: \"{field.order_id}\" } }]");
        foreach (var step in section.Children("steps", $"a step of {section.What}"))
        {
            var called = step.RequiredLocated("name", "read");
            Names.CheckShape(called, "step", state.Problems);
            if (called is { } its) stepNames.Add(its);
            var named = step.Called($"{section.What}, step '{called?.Text}'");
            if (Step(named, called?.Text ?? "", vocabulary) is { } read) steps.Add(read);
            named.Close();
        }
        Names.CheckUnique(stepNames, "step", state.Problems);
        if (steps.Count > MostSteps)
            state.Problems.Add(section.Here, $"{section.What}: {steps.Count} steps; write at most {MostSteps}");
        return new Workflow
        {
            Name = name, Description = section.Text("description", "Pays an order back"),
            Intents = section.Words("intents"), Needs = section.Words("needs"), Asks = section.Flag("asks", true),
            Words = Words(section), Facts = facts, Steps = steps,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Words(Section section) =>
        section.Child("words") is not { } words ? []
            : words.Entries.ToDictionary(e => e.Key, e => words.Words(e.Key));

    private static WorkflowStep? Step(Section step, string name, RuleVocabulary vocabulary)
    {
        var agent = step.Text("agent", "refund");
        if (step.Has("call"))
            return new WorkflowStep.Call(
                name, agent, step.Text("call", "get_order"), Inputs(step),
                step.Child("undo") is { } undo ? Undo(undo) : null);
        if (step.Has("score")) return Score(step, name, agent, vocabulary);
        if (step.Has("check"))
            return new WorkflowStep.Check(
                name, agent, [.. step.Children("check", $"a check of {step.What}").Select(s => Rule(s, vocabulary))
                    .OfType<WorkflowRule>()]);
        if (step.Has("tell")) return new WorkflowStep.Tell(name, agent, step.Text("tell", "\"It is done.\""));
        step.Problems.Add(step.Here, $"{step.What}: does nothing; write one of call, score, check and tell");
        return null;
    }

    private static WorkflowStep.Score Score(Section step, string name, string agent, RuleVocabulary vocabulary)
    {
        var score = new WorkflowStep.Score(
            name, agent, [.. step.Children("score", $"a sign of {step.What}").Select(s => Sign(s, vocabulary))
                .OfType<WorkflowSign>()], step.Whole("suspicious_from", 50, 1, 1_000),
            step.Has("opinion_from") ? step.Whole("opinion_from", 25, 1, 1_000) : null);
        if (score.OpinionFrom >= score.SuspiciousFrom)
            step.Problems.Add(step.Here, $"{step.What}: opinion_from is {score.OpinionFrom}, and from "
                + $"{score.SuspiciousFrom} points a person looks at it anyway; write a number below suspicious_from");
        return score;
    }

    private static WorkflowUndo Undo(Section undo)
    {
        var read = new WorkflowUndo(undo.Text("call", "undo_effect"), Inputs(undo));
        undo.Close();
        return read;
    }

    private static Dictionary<string, string> Inputs(Section section) =>
        section.Child("inputs") is not { } inputs ? []
            : inputs.Entries.ToDictionary(e => e.Key, e => inputs.Located(e.Key)?.Text ?? "");

    private static WorkflowSign? Sign(Section sign, RuleVocabulary vocabulary)
    {
        var condition = When(sign, vocabulary);
        var read = new WorkflowSign(condition!, sign.Whole("points", 50, 1, 100), sign.Text("why", "many refunds"));
        sign.Close();
        return condition is null ? null : read;
    }

    private static WorkflowRule? Rule(Section rule, RuleVocabulary vocabulary)
    {
        var condition = When(rule, vocabulary);
        var read = new WorkflowRule(condition!, rule.Text("otherwise", "the return window is over"));
        rule.Close();
        return condition is null ? null : read;
    }

    private static Condition? When(Section section, RuleVocabulary vocabulary)
    {
        if (section.RequiredLocated("when", "order.age_days <= 60") is not { } text) return null;
        if (RuleParser.Parse(text.Text, vocabulary) is ParsedCondition.Parsed parsed) return parsed.Condition;
        foreach (var error in ((ParsedCondition.Rejected)RuleParser.Parse(text.Text, vocabulary)).Errors)
            section.Problems.Add(text, $"{section.What} at character {error.Position + 1}: {error.Message}");
        return null;
    }
}
