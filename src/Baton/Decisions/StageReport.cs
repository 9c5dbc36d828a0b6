using Baton.Conversations;
using Baton.Conversations.Findings;

namespace Baton.Decisions;

/// <summary>What a stage reports.</summary>
public sealed record StageReport
{
    /// <summary>The stage's output record.</summary>
    public required StageOutput Output { get; init; }

    /// <summary><c>rules</c>, <c>local</c>, <c>commodity</c> or <c>reasoning</c>.</summary>
    public required string Tier { get; init; }

    public double? Confidence { get; init; }

    /// <summary>For the trace: what a person at 2 a.m. wants to know.</summary>
    public string? Note { get; init; }

    public decimal CostUsd { get; init; }

    public string? Model { get; init; }

    public int TokensIn { get; init; }

    public int TokensOut { get; init; }

    public bool CacheHit { get; init; }

    /// <summary>Further facts, such as a tool call, that belong in the ledger before the stage's own event.</summary>
    public IReadOnlyList<ConversationEvent> Facts { get; init; } = [];

    /// <summary>Whether it only looked on: what it cost and could not get stays out of the decision.</summary>
    public bool IsAside { get; init; }

    /// <summary>
    /// Id of an approval that must be decided first: the turn ends undecided, and when it is tried again this stage
    /// runs again. Its facts are kept, its output is not. Null: it has finished.
    /// </summary>
    public string? WaitsFor { get; init; }

    /// <summary>
    /// Whether the output must be on the disk before the next stage: it cost money or touched the world.
    /// </summary>
    public bool IsPrecious { get; init; }
}
