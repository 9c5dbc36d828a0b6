namespace Baton.Conversations.Findings;

/// <summary>What a workflow has done in a turn: the output of the stage <c>act</c>.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Outcome"><c>done</c>, <c>person</c>, <c>not_found</c>, <c>asks</c> or <c>passed</c>: the
/// ticket goes its ordinary way.</param>
/// <param name="Text">What the customer is told or asked; null unless it is done or asks.</param>
/// <param name="Why">For the person who gets it.</param>
/// <param name="Confirms">Names the effect that the customer is asked about.</param>
public sealed record ActReading(
    string Workflow, string Run, string Outcome, string? Text, string? Why, IReadOnlyList<TicketAction> Actions,
    string? Confirms = null)
{
    public const string Done = "done", Person = "person", NotFound = "not_found",
        Passed = "passed", Asks = "asks";
}

/// <summary>Something that an agent has done in another system for a ticket.</summary>
/// <param name="Status"><c>done</c>, <c>undone</c>, <c>undo_failed</c>, <c>failed</c>, <c>unclear</c>, <c>waiting</c>.</param>
/// <param name="Reference">What that system names it.</param>
public sealed record TicketAction(
    string Agent, string Tool, string Status, string? Reference, decimal? Amount, string? Currency = null);
