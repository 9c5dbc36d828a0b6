using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Workflows;
using Baton.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Workflows;

/// <summary>What a step came to: how it is kept, and how the run ends with it; null when it goes on.</summary>
internal sealed record WorkflowStepResult(WorkflowOutcome? Outcome, StepResult Result);

/// <summary>Decides single steps. Pure, but for what the walk keeps of answers.</summary>
internal static class WorkflowSteps
{
    /// <summary>Adds the signs up.</summary>
    public static ScoreReading Read(WorkflowWalk walk, WorkflowStep.Score step, DateTimeOffset now)
    {
        var facts = walk.Data.Facts(now);
        var found = step.Signs.Where(s => s.When.Judge(facts) == true).ToList();
        var points = found.Sum(s => s.Points);
        var reasons = string.Join("; ", found.Select(s => s.Why));
        var note = string.Create(CultureInfo.InvariantCulture,
            $"{points} points, suspicious from {step.SuspiciousFrom}{(reasons.Length > 0 ? ": " + reasons : "")}");
        return new ScoreReading(step, points, note,
        [
            .. walk.Workflow.Facts.Where(f => facts.Knows(f.Field))
                .Select(f => $"{f.Field.Name} {ComputedFacts.Text(facts, f.Field)}"),
        ]);
    }

    /// <summary>What follows from the rules, and from an opinion where one was given: that can only stop it.</summary>
    public static WorkflowStepResult Score(ScoreReading reading, ScoreOpinion? opinion)
    {
        var note = opinion is null ? reading.Note : $"{reading.Note}; {opinion}";
        return reading.Points < reading.Step.SuspiciousFrom && opinion is not { IsClean: false }
            ? new(null, New(reading.Step, StepResult.Done) with { Note = note })
            : Stop(reading.Step, StepResult.Stopped, new WorkflowOutcome.Person($"suspicious, {note}", Suspicious: true));
    }

    public static WorkflowStepResult Check(WorkflowWalk walk, WorkflowStep.Check step, DateTimeOffset now)
    {
        var facts = walk.Data.Facts(now);
        // A dry run has changed nothing, and nothing can be said of what would have changed.
        return step.Rules.FirstOrDefault(r => !Holds(r, facts, walk.Start.DryRun)) is { } broken
            ? Stop(step, StepResult.Stopped, new WorkflowOutcome.Person(broken.Otherwise))
            : new(null, New(step, StepResult.Done));
    }

    public static WorkflowStepResult Tell(WorkflowWalk walk, WorkflowStep.Tell step) =>
        walk.Data.Text(step.Text) is { } text
            ? new(new WorkflowOutcome.Done(text), New(step, StepResult.Done))
            : Stop(step, StepResult.Failed, new WorkflowOutcome.Person($"step {step.Name} has nothing to tell"));

    public static WorkflowStepResult Called(WorkflowWalk walk, WorkflowStep.Call step, ToolOutcome outcome)
    {
        if (outcome is ToolOutcome.Done done)
        {
            var answer = done.Output is { } said
                ? JsonNode.Parse(said.GetRawText())! : Proof(walk.Tool(step.Tool), done);
            // What was called with: a person may have approved another amount than the step asks for.
            if (walk.Tool(step.Tool).Money is not null && answer is JsonObject fields)
                fields["asked"] = new JsonObject { ["amount"] = done.Asked };
            var output = answer.ToJsonString();
            walk.Data.Take(step.Name, output);
            return new(null, New(step, StepResult.Done) with
            {
                Tool = step.Tool, Reference = done.Reference, Output = output,
                Amount = walk.Tool(step.Tool).Money is null ? null : done.Amount,
                Currency = walk.Tool(step.Tool).Money?.Currency,
            });
        }
        var (state, end) = Ended(step, outcome);
        var stopped = Stop(step, state, end);
        return stopped with { Result = stopped.Result with { Tool = step.Tool } };
    }

    /// <summary>How a step is kept that ends the run.</summary>
    public static WorkflowStepResult Stop(WorkflowStep step, string state, WorkflowOutcome outcome) =>
        new(outcome, New(step, state) with { Note = WorkflowRunner.Why(outcome) });

    private static bool Holds(WorkflowRule rule, Playbooks.Rules.RuleFacts facts, bool dryRun) =>
        rule.When.Judge(facts) is { } known ? known : dryRun && rule.When.Comparisons.All(c => !facts.Knows(c.Field));

    private static (string State, WorkflowOutcome End) Ended(WorkflowStep step, ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Refused refused => (StepResult.Stopped, new WorkflowOutcome.Person(
            $"step {step.Name} was denied ({refused.Denied.Clause}): {refused.Denied.Reason}")),
        ToolOutcome.Waiting waiting => (StepResult.Waiting, new WorkflowOutcome.Waiting(waiting.ApprovalId)),
        ToolOutcome.AsksCustomer asks => (StepResult.Asked, new WorkflowOutcome.Confirm(asks.Text, asks.Effect)),
        ToolOutcome.Failed { Kind: ToolFailure.NotFound } => (StepResult.Stopped, new WorkflowOutcome.NotFound()),
        ToolOutcome.UnderWay soon => (StepResult.Unclear, new WorkflowOutcome.Later(soon.Why)),
        ToolOutcome.Failed { Retryable: true } failed => (StepResult.Failed, new WorkflowOutcome.Later(failed.Why)),
        ToolOutcome.Failed failed => (StepResult.Failed, new WorkflowOutcome.Person(
            $"step {step.Name} failed: {failed.Why}")),
        ToolOutcome.Unknown unknown => (StepResult.Unclear, new WorkflowOutcome.Person(
            $"step {step.Name} may have had its effect, look before you repeat it: {unknown.Why}")),
        _ => throw new UnreachableException(),
    };

    /// <summary>What is known of an effect whose answer was lost: it is on record.</summary>
    private static JsonObject Proof(Tool tool, ToolOutcome.Done done)
    {
        var proof = new JsonObject();
        Put(proof, tool.Receipt.Reference, done.Reference);
        // As a receipt shows it: 91.00, in whatever scale the record keeps it.
        Put(proof, tool.Receipt.Amount, done.Amount is { } amount ? decimal.Round(amount, 2) + 0.00m : null);
        Put(proof, tool.Receipt.Currency, tool.Money?.Currency);
        return proof;
    }

    private static void Put(JsonObject into, string? place, JsonNode? value)
    {
        if (place is null || value is null) return;
        var names = place.Split('.');
        foreach (var name in names[..^1]) into = (JsonObject)(into[name] ??= new JsonObject());
        into[names[^1]] = value;
    }

    private static StepResult New(WorkflowStep step, string state) => new(0, step.Name, step.Agent, state);
}
