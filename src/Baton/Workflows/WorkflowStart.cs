using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Running;

namespace Baton.Workflows;

/// <summary>What a run begins with.</summary>
internal sealed record WorkflowStart
{
    /// <summary>The same for every attempt at one turn, so that a later one goes on where it ended.</summary>
    public required string RunId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Number of the customer's message.</summary>
    public required int Turn { get; init; }

    public required Identity Identity { get; init; }

    public required string Tier { get; init; }

    /// <summary>Values of the playbook's fields, as the customer wrote them.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>What the customer wrote, for the words that a workflow listens for.</summary>
    public required string Text { get; init; }

    /// <summary>What the customer said to the call that was shown to them last; null: nothing was.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Gives a second opinion on scores in doubt; null where no model may be asked.</summary>
    public AskOpinion? Opinion { get; init; }

    /// <summary>Looks everything up and decides, changes nothing and keeps nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Under which policy calls are made; gets the facts for the ledger.</summary>
    public ToolContext Context(Playbook playbook) =>
        new() { Playbook = playbook, Identity = Identity, Tier = Tier, DryRun = DryRun, Consent = Consent };
}

/// <summary>What a run came to, and the steps that it took.</summary>
internal sealed record WorkflowResult(WorkflowOutcome Outcome, IReadOnlyList<StepResult> Steps);

/// <summary>What a run came to. The set is closed.</summary>
internal abstract record WorkflowOutcome
{
    private WorkflowOutcome() { }

    /// <summary>Everything is done, and this tells the customer so.</summary>
    public sealed record Done(string Text) : WorkflowOutcome;

    /// <summary>A person goes on. What could be undone was.</summary>
    /// <param name="Why">For the person.</param>
    /// <param name="Suspicious">Whether signs of fraud are the reason.</param>
    public sealed record Person(string Why, bool Suspicious = false) : WorkflowOutcome;

    /// <summary>The number that the customer gave names nothing.</summary>
    public sealed record NotFound : WorkflowOutcome;

    /// <summary>A person has to approve the next call.</summary>
    public sealed record Waiting(string ApprovalId) : WorkflowOutcome;

    /// <summary>The customer has to see the next call and say yes to it.</summary>
    /// <param name="Text">What they are shown, with real values.</param>
    /// <param name="Effect">Names what a yes is a yes to.</param>
    public sealed record Confirm(string Text, string Effect) : WorkflowOutcome;

    /// <summary>Something failed that may work in a moment; nothing was lost.</summary>
    public sealed record Later(string Why) : WorkflowOutcome;
}
