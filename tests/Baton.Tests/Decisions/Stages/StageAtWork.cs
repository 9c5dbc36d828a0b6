using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;

namespace Baton.Tests.Decisions.Stages;

/// <summary>A stage of the pipeline that remembers the turn it was given, as it was then.</summary>
internal sealed class StageAtWork(IStage stage) : IStage
{
    private Turn? _turn;
    private TurnFindings _findings = new();

    public string Name => stage.Name;

    public bool AlwaysRuns => stage.AlwaysRuns;

    public bool RunsWithNext => stage.RunsWithNext;

    public bool Applies(Turn turn) => stage.Applies(turn);

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        (_turn, _findings) = (turn, turn.Findings);
        return stage.RunAsync(turn, cancellationToken);
    }

    public TurnFindings Apply(Turn turn, StageOutput output) => stage.Apply(turn, output);

    public StageDescription Describe(StageOutput output) => stage.Describe(output);

    /// <summary>The stage, and the turn when it came to it.</summary>
    public (IStage Stage, Turn Turn) Then()
    {
        var seen = _turn ?? throw new InvalidOperationException($"the turn never came to {Name}");
        var turn = new Turn(seen.Playbook, seen.Models, seen.Conversation, seen.Now, seen.Attempt);
        turn.Take(_findings);
        return (stage, turn);
    }
}
