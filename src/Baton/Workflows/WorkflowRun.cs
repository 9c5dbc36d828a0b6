namespace Baton.Workflows;

/// <summary>One walk through a workflow, as its page shows it.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>person</c>, <c>waiting</c> or <c>asked</c>.</param>
/// <param name="Why">Why a person has it; null otherwise.</param>
internal sealed record WorkflowRun(
    string Id, string ConversationId, string Workflow, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string State,
    string? Why)
{
    public const string Done = "done", Person = "person", Waiting = "waiting", Asked = "asked";

    public IReadOnlyList<StepResult> Steps { get; init; } = [];
}

/// <summary>A step that was taken.</summary>
/// <param name="Position">From 1; what was undone comes after all steps.</param>
internal sealed record StepResult(int Position, string Name, string Agent, string State)
{
    public const string Done = "done", Stopped = "stopped", Failed = "failed", Waiting = "waiting",
        Asked = "asked", Undone = "undone", UndoFailed = "undo_failed";

    /// <summary>Nobody knows whether it had its effect.</summary>
    public const string Unclear = "unclear";

    /// <summary>Null where no tool was called.</summary>
    public string? Tool { get; init; }

    public string? Note { get; init; }

    /// <summary>What the called system names its effect.</summary>
    public string? Reference { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>The tool's answer as JSON, as the customer may see it.</summary>
    public string? Output { get; init; }

    public double TookMs { get; init; }

    public DateTimeOffset EndedAt { get; init; }
}
