using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Workflows;

namespace Baton.Decisions.Stages.Acting;

/// <summary>Walks the workflow of what the customer asks for, when policy lets automation go on.</summary>
internal sealed class ActStage(
    WorkflowRunner runner, ConversationStore store, TurnOptions options, ModelAsker models) : Stage<ActReading>
{
    public override string Name => StageNames.Act;

    public override bool Applies(Turn turn) => options.Acts
        && turn.Findings is { Assessment.Route: Route.Auto, Signals.Workflow: not null };

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var workflow = turn.Playbook.Workflows.First(w => w.Name == turn.Findings.Signals!.Workflow);
        var opinion = new FraudOpinion(models, turn);
        var start = WorkflowTurn.Start(turn, workflow, store) with { DryRun = turn.IsShadow, Opinion = opinion.Ask };
        var context = start.Context(turn.Playbook);
        var result = await runner.RunAsync(
            workflow, start, context, last: turn.Attempt >= options.ToolAttempts, cancellationToken);
        // What may work in a moment is worth another attempt of the whole turn before a person is asked.
        if (result.Outcome is WorkflowOutcome.Later later) throw new StageException(later.Why, isTransient: true);
        var actions = Actions(turn.Playbook, result.Steps);
        var reading = Reading(workflow.Name, start.RunId, Dry(turn, result.Outcome, actions), actions);
        // The question is a text of the ledger: what is personal in it is put in when it leaves.
        if (reading is { Outcome: ActReading.Asks, Text: { } asked })
            reading = reading with
            {
                Text = store.Database.Read(c => MessageRows.Placeholders(c, turn.Conversation.Id)).Cover(asked),
            };
        // How to do it oneself is told by the articles, where they are asked.
        if (reading.Outcome == ActReading.Person && !workflow.Asks && actions.Count == 0)
            reading = reading with { Outcome = ActReading.Passed };
        return opinion.On(Report(reading, TierNames.Rules, null, $"{workflow.Name}: {reading.Outcome}"
            + (reading.Why is null ? "" : $", {reading.Why}")) with
        {
            IsPrecious = true, Facts = [.. context.Facts],
            WaitsFor = (result.Outcome as WorkflowOutcome.Waiting)?.ApprovalId,
        });
    }

    protected override TurnFindings Apply(Turn turn, ActReading output) => output.Outcome switch
    {
        ActReading.Passed => turn.Findings,
        ActReading.Done => turn.Findings with
        {
            Resolution = new Resolution(
                new DraftAnswer { Text = output.Text!, Source = Source, Relevance = 1, Tier = TierNames.Rules }, null,
                null, $"Did what was asked for ({output.Workflow})."),
        },
        ActReading.Asks => turn.Findings with
        {
            Resolution = new Confirming(output.Text!, output.Confirms!).Resolution(
                $"Asked the customer to confirm ({output.Workflow})."),
        },
        ActReading.NotFound => turn.Findings with
        {
            Resolution = new Resolution(null, Resolution.NotFound, null, "Asked the shop: nothing under that number."),
        },
        _ => turn.Findings with
        {
            Resolution = new Resolution(null, $"{output.Workflow}: {output.Why}", null,
                $"Began to {output.Workflow.Replace('_', ' ')} and stopped: {output.Why}."),
        },
    };

    protected override StageDescription Describe(ActReading output) => new("Could it be done?")
    {
        Facts =
        [
            new("workflow", StageDescription.Spaced(output.Workflow)),
            new("outcome", StageDescription.Spaced(output.Outcome)), new("why", output.Why ?? ""),
            .. output.Actions.Select(a => new StageFact(a.Tool, string.Create(CultureInfo.InvariantCulture,
                $"{StageDescription.Spaced(a.Status)} by {a.Agent}, {a.Reference} {a.Amount} {a.Currency}").TrimEnd())),
        ],
    };

    /// <summary>Source of a reply that tells what was done.</summary>
    public const string Source = "workflow";

    /// <summary>
    /// What a shadow would have done: the steps after an effect need what it gave, so an effect that policy allows is
    /// as far as a dry walk goes.
    /// </summary>
    private static WorkflowOutcome Dry(Turn turn, WorkflowOutcome outcome, IReadOnlyList<TicketAction> actions) =>
        turn.IsShadow && outcome is not WorkflowOutcome.Waiting && actions.Any(a => a.Status == StepResult.Done)
            ? new WorkflowOutcome.Done("walked dry") : outcome;

    private static ActReading Reading(
        string workflow, string run, WorkflowOutcome outcome, IReadOnlyList<TicketAction> actions) => outcome switch
    {
        WorkflowOutcome.Done done => new(workflow, run, ActReading.Done, done.Text, null, actions),
        WorkflowOutcome.Confirm asks => new(workflow, run, ActReading.Asks, asks.Text, null, actions, asks.Effect),
        WorkflowOutcome.NotFound => new(workflow, run, ActReading.NotFound, null, null, actions),
        _ => new(workflow, run, ActReading.Person, null, WorkflowRunner.Why(outcome), actions),
    };

    /// <summary>What was done in other systems, or tried; what was undone is told once, as undone.</summary>
    private static IReadOnlyList<TicketAction> Actions(Playbook playbook, IReadOnlyList<StepResult> steps)
    {
        var undone = steps.Where(s => s.State is StepResult.Undone or StepResult.UndoFailed)
            .ToDictionary(s => s.Reference!, s => s.State);
        return
        [
            .. steps.Where(s => s.Tool is { } tool
                    && s.State is not (StepResult.Undone or StepResult.UndoFailed or StepResult.Asked)
                    && playbook.Tools.First(t => t.Name == tool).HasEffect)
                .Select(s => new TicketAction(
                    s.Agent, s.Tool!, s.Reference is { } r && undone.TryGetValue(r, out var state) ? state : s.State,
                    s.Reference, s.Amount, s.Currency)),
        ];
    }
}
