using System.Text.Json.Serialization.Metadata;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;

namespace Baton.Decisions;

/// <summary>A stage with an output record of its own: what it finds, as JSON, in the turn, and in words.</summary>
/// <typeparam name="TOutput">A record that JSON can hold; it stands in the ledger.</typeparam>
public abstract class Stage<TOutput> : IStage where TOutput : class
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool AlwaysRuns => false;

    /// <inheritdoc/>
    public virtual bool RunsWithNext => false;

    /// <summary>How the output is written. Default: snake case, as all of the ledger.</summary>
    protected virtual JsonTypeInfo<TOutput> Json => StageJson.Of<TOutput>();

    /// <inheritdoc/>
    public virtual bool Applies(Turn turn) => true;

    /// <inheritdoc/>
    public abstract ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public TurnFindings Apply(Turn turn, StageOutput output) => Apply(turn, Read(output));

    /// <inheritdoc/>
    public StageDescription Describe(StageOutput output) => Describe(Read(output));

    /// <summary>
    /// The turn's findings with this output. Default: under the stage's name in <see cref="TurnFindings.Others"/>.
    /// </summary>
    protected virtual TurnFindings Apply(Turn turn, TOutput output) =>
        turn.Findings with { Others = turn.Findings.Others.SetItem(Name, output) };

    /// <summary>The output in words.</summary>
    protected abstract StageDescription Describe(TOutput output);

    /// <summary>A report with this output.</summary>
    /// <param name="tier"><c>rules</c>, <c>local</c>, <c>commodity</c> or <c>reasoning</c>.</param>
    /// <param name="note">For the trace, or null.</param>
    protected StageReport Report(TOutput output, string tier, double? confidence = null, string? note = null) => new()
    {
        Output = StageOutput.Of(output, Json), Tier = tier, Confidence = confidence, Note = note,
    };

    private TOutput Read(StageOutput output) => output.Read(Json);
}
