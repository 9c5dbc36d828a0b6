using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Playbooks.Workflows;
using Baton.Tools.Running;
using Baton.Triage;
using Baton.Workflows;

namespace Baton.Decisions.Stages.Acting;

/// <summary>Workflows at the hand of a person: tried on a past ticket, or taken back.</summary>
internal sealed class WorkflowTrial(
    ConversationStore store, WorkflowRunner runner, WorkflowStore runs, PlaybookHost playbooks, TimeProvider clock)
{
    /// <summary>Walks a workflow on a ticket and changes nothing; null when there is no such ticket.</summary>
    /// <param name="verified">As if the channel had verified who asks.</param>
    public async Task<WorkflowResult?> TryAsync(
        Workflow workflow, string ticket, bool verified, CancellationToken cancellationToken)
    {
        if (Start(workflow, ticket, "dry run") is not { } start) return null;
        start = start with { DryRun = true };
        if (verified)
            start = start with { Identity = new Identity.Verified(start.Identity.CustomerId, start.Identity.Email) };
        return await runner.RunAsync(
            workflow, start, start.Context(playbooks.Current), last: true, cancellationToken);
    }

    /// <summary>Takes back every effect of a ticket that stands; null when there is no such ticket.</summary>
    public async Task<IReadOnlyList<StepResult>?> UndoAsync(string ticket, CancellationToken cancellationToken)
    {
        if (store.Load(ticket).Version == 0) return null;
        List<StepResult> undone = [];
        foreach (var run in runs.Of(ticket))
        {
            if (playbooks.Current.Workflows.FirstOrDefault(w => w.Name == run.Workflow) is not { } workflow
                || Start(workflow, ticket, run.Id) is not { } start) continue;
            var context = start.Context(playbooks.Current);
            var steps = await runner.TakeBackAsync(workflow, start, context, cancellationToken);
            undone.AddRange(steps);
            context.Facts.AddRange(steps.Where(s => s.Reference is not null).Select(s =>
                new ConversationEvent.ActionUndone(Tool(workflow, s.Name), s.Reference!, s.State)));
            await RecordAsync(ticket, context, cancellationToken);
        }
        return undone;
    }

    private static string Tool(Workflow workflow, string step) =>
        workflow.Steps.OfType<WorkflowStep.Call>().First(s => s.Name == step).Tool;

    private WorkflowStart? Start(Workflow workflow, string ticket, string run)
    {
        var conversation = store.Load(ticket);
        if (conversation.Version == 0) return null;
        var said = conversation.Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text).ToList();
        var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, ticket));
        var fields = new FieldFinder(playbooks.Current).Find(
            $"{conversation.Subject}\n{string.Join('\n', said)}", [], conversation.Fields);
        return new WorkflowStart
        {
            RunId = run, ConversationId = ticket, Turn = conversation.CustomerMessages,
            Identity = TurnSender.Of(store, conversation),
            Tier = conversation.Customer?.Tier ?? playbooks.Current.UnknownCustomerTier,
            Fields = workflow.Needs.Where(fields.ContainsKey)
                .ToDictionary(f => f, f => placeholders.Restore(fields[f])),
            Text = $"{conversation.Subject}\n{string.Join('\n', said)}",
        };
    }

    /// <summary>What was called stands in the ticket, whoever had it done.</summary>
    private async Task RecordAsync(string ticket, ToolContext context, CancellationToken cancellationToken)
    {
        for (Conversation? saved = null; saved is null && context.Facts.Count > 0;)
        {
            var now = store.Load(ticket);
            saved = await store.Database.WriteAsync(
                t => store.Save(t, now, context.Facts, clock.GetUtcNow()), cancellationToken);
            if (saved is not null) store.Remember(saved);
        }
    }
}
