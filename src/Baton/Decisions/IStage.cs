using Baton.Conversations.Findings;
using Baton.Decisions.Turns;

namespace Baton.Decisions;

/// <summary>
/// One step of a decision. A seam for strangers: derive from <see cref="Stage{TOutput}"/>, which gives it an output
/// record. The list in <c>DecisionPipeline</c> says which stages run.
/// </summary>
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

    /// <summary>
    /// The turn's findings with the output, fresh from <see cref="RunAsync"/> or read back from its event.
    /// </summary>
    TurnFindings Apply(Turn turn, StageOutput output);

    /// <summary>The output for people: the console's trace and <c>baton why</c>.</summary>
    StageDescription Describe(StageOutput output);
}
