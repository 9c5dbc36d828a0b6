using System.Collections.Immutable;
using Baton.Conversations.Findings;
using Baton.Decisions.Stages;
using Baton.Decisions.Stages.Offering;
using Baton.Playbooks.Rules;

namespace Baton.Decisions.Turns;

/// <summary>
/// What the stages of a turn have found so far; null where none has looked yet. A stage gives back a new one.
/// </summary>
public sealed record TurnFindings
{
    public CustomerGate? Gate { get; init; }

    public TriageReading? Triage { get; init; }

    public ToneReading? Tone { get; init; }

    public ComplexityReading? Complexity { get; init; }

    /// <summary>What the policy needs to know beside the readings.</summary>
    public Signals? Signals { get; init; }

    public Assessment? Assessment { get; init; }

    public Resolution? Resolution { get; init; }

    /// <summary>What the check found in the last version of a written answer; null when none was written.</summary>
    public AnswerCheck? Check { get; init; }

    /// <summary>What is wrong with the answer; empty when nothing is, null while nobody has looked.</summary>
    public IReadOnlyList<string>? AnswerProblems { get; init; }

    public Guarded? Guarded { get; init; }

    /// <summary>What helps while a person is on the way; null where no stage has looked.</summary>
    public Offered? Offered { get; init; }

    /// <summary>A model's sentence for the handoff packet, or null.</summary>
    public string? Summary { get; init; }

    /// <summary>Set when a rule or an exact answer settles the turn before any model runs.</summary>
    internal ShortCut? ShortCut { get; init; }

    /// <summary>What stages beyond the product's own found, by stage name.</summary>
    public ImmutableDictionary<string, object> Others { get; init; } = [];

    /// <summary>Whether the remaining stages have nothing to do.</summary>
    public bool IsSettled => Gate?.Held is not null || ShortCut is not null;
}

/// <summary>A turn settled by tier <c>rules</c>: either a rule's outcome or a fixed reply.</summary>
internal sealed record ShortCut(string Name, RuleOutcome? Outcome, string? Reply);
