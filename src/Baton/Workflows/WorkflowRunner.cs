using Baton.Playbooks.Workflows;
using Baton.Tools.Running;

namespace Baton.Workflows;

/// <summary>
/// Walks a workflow. Every step is kept before the next one begins, so that a run whose process died goes on where it
/// was; a call with an effect has its own key and is made once. What fails half-way is undone, or a person has it.
/// </summary>
internal sealed class WorkflowRunner(WorkflowStore store, ToolRunner tools, TimeProvider clock)
{
    /// <summary>Walks to the end, or to where somebody else is needed.</summary>
    /// <param name="context">From <see cref="WorkflowStart.Context"/>.</param>
    /// <param name="last">Whether what may work in a moment is given up.</param>
    public async Task<WorkflowResult> RunAsync(
        Workflow workflow, WorkflowStart start, ToolContext context, bool last, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var run = start.DryRun ? new WorkflowRun(start.RunId, start.ConversationId, workflow.Name, at, null, "", null)
            : await store.BeginAsync(start.RunId, start.ConversationId, workflow.Name, at, cancellationToken);
        var walk = new WorkflowWalk(workflow, start, context, run);
        WorkflowOutcome? outcome = null;
        for (var i = 0; i < workflow.Steps.Count && outcome is null; i++)
            outcome = await StepAsync(walk, i, cancellationToken);
        outcome ??= new WorkflowOutcome.Person("the workflow has no step that tells the customer");
        if (outcome is WorkflowOutcome.Later later)
        {
            if (!last) return new WorkflowResult(later, walk.Taken);
            outcome = new WorkflowOutcome.Person(later.Why);
        }
        if (outcome is WorkflowOutcome.Person failed) outcome = await UndoAsync(walk, failed, cancellationToken);
        if (!start.DryRun)
            await store.EndAsync(run.Id, State(outcome), Why(outcome), clock.GetUtcNow(), cancellationToken);
        return new WorkflowResult(outcome, walk.Taken);
    }

    /// <summary>Takes the effects of a run back that stand.</summary>
    /// <returns>What was taken back, or could not be.</returns>
    public async Task<IReadOnlyList<StepResult>> TakeBackAsync(
        Workflow workflow, WorkflowStart start, ToolContext context, CancellationToken cancellationToken)
    {
        if (store.Find(start.RunId) is not { } run) return [];
        var walk = new WorkflowWalk(workflow, start, context, run);
        foreach (var step in run.Steps)
            if (step is { State: StepResult.Done, Output: { } output }) walk.Data.Take(step.Name, output);
        var before = run.Steps.Where(s => s.Position > workflow.Steps.Count).ToList();
        var outcome = await UndoAsync(walk, new WorkflowOutcome.Person("taken back by a person"), cancellationToken);
        await store.EndAsync(run.Id, WorkflowRun.Person, Why(outcome), clock.GetUtcNow(), cancellationToken);
        return [.. walk.Taken.Where(s => s.Position > workflow.Steps.Count).Except(before)];
    }

    /// <summary>Takes one step, or reads back that it was taken.</summary>
    /// <returns>Null: the next step follows.</returns>
    private async Task<WorkflowOutcome?> StepAsync(WorkflowWalk walk, int index, CancellationToken cancellationToken)
    {
        var step = walk.Workflow.Steps[index];
        if (walk.At(index + 1) is { State: StepResult.Done } taken)
        {
            if (taken.Output is { } output) walk.Data.Take(step.Name, output);
            return step is WorkflowStep.Tell told ? WorkflowSteps.Tell(walk, told).Outcome : null;
        }
        var began = clock.GetTimestamp();
        var (outcome, result) = step switch
        {
            WorkflowStep.Call call => await CallAsync(walk, call, cancellationToken),
            WorkflowStep.Score score => await ScoreAsync(walk, score, cancellationToken),
            WorkflowStep.Check check => WorkflowSteps.Check(walk, check, clock.GetUtcNow()),
            WorkflowStep.Tell tell => WorkflowSteps.Tell(walk, tell),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await KeepAsync(walk, result with
        {
            Position = index + 1, TookMs = clock.GetElapsedTime(began).TotalMilliseconds,
        }, cancellationToken);
        return outcome;
    }

    /// <summary>Rules first; a model only where they leave a doubt, and never to make it smaller.</summary>
    private async Task<WorkflowStepResult> ScoreAsync(
        WorkflowWalk walk, WorkflowStep.Score step, CancellationToken cancellationToken)
    {
        var reading = WorkflowSteps.Read(walk, step, clock.GetUtcNow());
        return WorkflowSteps.Score(reading, reading.InDoubt && walk.Start.Opinion is { } ask
            ? await ask(reading, cancellationToken) : null);
    }

    private async Task<WorkflowStepResult> CallAsync(
        WorkflowWalk walk, WorkflowStep.Call step, CancellationToken cancellationToken)
    {
        if (walk.Call(step.Agent, step.Tool, step.Inputs, out var missing) is not { } call)
            return WorkflowSteps.Stop(
                step, StepResult.Failed, new WorkflowOutcome.Person($"step {step.Name}: {missing} has no value"));
        var outcome = await tools.CallAsync(call, walk.Context, cancellationToken);
        return WorkflowSteps.Called(walk, step, outcome);
    }

    /// <summary>Takes back what stands, the last first; what cannot be taken back is told to the person.</summary>
    private async Task<WorkflowOutcome> UndoAsync(
        WorkflowWalk walk, WorkflowOutcome.Person failed, CancellationToken cancellationToken)
    {
        var why = failed.Why;
        for (var i = walk.Workflow.Steps.Count - 1; i >= 0; i--)
        {
            if (walk.Workflow.Steps[i] is not WorkflowStep.Call step || walk.At(i + 1) is not { } effect
                || !await StandsAsync(walk, step, effect, cancellationToken)) continue;
            var position = walk.Workflow.Steps.Count + i + 1;
            if (walk.At(position) is { State: StepResult.Undone }) continue;
            var undone = !walk.Start.DryRun && step.Undo is { } undo
                && walk.Call(step.Agent, undo.Tool, undo.Inputs, out _) is { } call
                && await tools.CallAsync(call, walk.Context, cancellationToken) is ToolOutcome.Done;
            var name = walk.Data.Value($"{step.Name}.effect.reference") ?? effect.Reference;
            await KeepAsync(walk, new StepResult(
                position, step.Name, step.Agent, undone ? StepResult.Undone : StepResult.UndoFailed)
            {
                Tool = step.Undo?.Tool, Reference = name, Amount = effect.Amount, Currency = effect.Currency,
            }, cancellationToken);
            why += undone ? $"; {step.Tool} {name} was undone" : $"; {step.Tool} {name} stands";
        }
        return failed with { Why = why };
    }

    /// <summary>
    /// Whether an effect is there. Of one that ended unclear the tool's own look-up says so: it may be another than was
    /// asked for, and is taken back all the same.
    /// </summary>
    private async Task<bool> StandsAsync(
        WorkflowWalk walk, WorkflowStep.Call step, StepResult effect, CancellationToken cancellationToken)
    {
        if (effect is { State: StepResult.Done, Reference: not null }) return true;
        if (effect.State != StepResult.Unclear || walk.LookUp(step) is not { } lookup) return false;
        var answer = await tools.CallAsync(lookup, walk.Context, cancellationToken);
        if (answer is not ToolOutcome.Done { Output: { } found }) return false;
        walk.Data.Take(step.Name, found.GetRawText());
        return true;
    }

    private async Task KeepAsync(WorkflowWalk walk, StepResult result, CancellationToken cancellationToken)
    {
        result = result with { EndedAt = clock.GetUtcNow() };
        if (!walk.Start.DryRun) await store.SaveAsync(walk.Run, result, cancellationToken);
        walk.Take(result);
    }

    private static string State(WorkflowOutcome outcome) => outcome switch
    {
        WorkflowOutcome.Done => WorkflowRun.Done,
        WorkflowOutcome.Waiting => WorkflowRun.Waiting,
        WorkflowOutcome.Confirm => WorkflowRun.Asked,
        _ => WorkflowRun.Person,
    };

    /// <summary>Why it ended so, for people; null when all is done.</summary>
    public static string? Why(WorkflowOutcome outcome) => outcome switch
    {
        WorkflowOutcome.Waiting waiting => $"waits for approval {waiting.ApprovalId}",
        WorkflowOutcome.Confirm => "waits for the customer's yes",
        WorkflowOutcome.Person person => person.Why,
        WorkflowOutcome.Later later => later.Why,
        WorkflowOutcome.NotFound => "nothing is known under that number",
        _ => null,
    };
}
