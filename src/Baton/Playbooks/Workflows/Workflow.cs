using Baton.Playbooks.Acting;

namespace Baton.Playbooks.Workflows;

/// <summary>Steps that named agents take for a customer, in order; see <c>docs/workflows.md</c>.</summary>
public sealed record Workflow
{
    /// <summary>Lower-case words joined by underscores, unique in the playbook.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Intents that it serves; an intent has one workflow at most.</summary>
    public required IReadOnlyList<string> Intents { get; init; }

    /// <summary>Names of <see cref="Playbook.Fields"/> that must be known before it begins.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>
    /// Whether a missing field is asked for. Where it is not, the ticket goes its ordinary way until all is there.
    /// </summary>
    public required bool Asks { get; init; }

    /// <summary>Phrases to listen for in what the customer wrote, by name; <c>said.NAME</c> is 1 or 0.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Words { get; init; }

    /// <summary>Facts that code computes from what the steps so far have found, for conditions.</summary>
    public required IReadOnlyList<ToolFact> Facts { get; init; }

    public required IReadOnlyList<WorkflowStep> Steps { get; init; }
}
