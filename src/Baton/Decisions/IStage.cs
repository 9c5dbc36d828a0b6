using System.Text.Json;
using Baton.Conversations;

namespace Baton.Decisions;

/// <summary>One step of a decision. A seam for strangers: the list in <c>DecisionPipeline</c> says which run.</summary>
public interface IStage
{
    /// <summary>Lower-case name, unique in the pipeline; the trace and the ledger use it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether it runs again when a turn resumes, because it asks about the present. Default: its output is read back.
    /// </summary>
    bool AlwaysRuns => false;

    /// <summary>
    /// Whether the stage after it may start before this one has finished, because neither needs what the other finds.
    /// Default: it waits. Outputs are applied and recorded in the order of the pipeline all the same.
    /// </summary>
    bool RunsWithNext => false;

    /// <summary>Whether there is anything to do in this turn. A stage that does not apply leaves no event.</summary>
    bool Applies(Turn turn) => true;

    /// <summary>
    /// Reads the turn and reports an output. A stage changes a turn only through what it returns, so that a turn can
    /// resume after the last stage that finished.
    /// </summary>
    ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken);

    /// <summary>Gives the turn the output, fresh from <see cref="RunAsync"/> or read back from its event.</summary>
    void Apply(Turn turn, JsonElement output);
}

/// <summary>What a stage reports.</summary>
public sealed record StageReport
{
    /// <summary>JSON of the stage's output record.</summary>
    public required JsonElement Output { get; init; }

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

    /// <summary>Whether the output must be on the disk before the next stage: it cost money or touched the world.</summary>
    public bool IsPrecious { get; init; }
}
