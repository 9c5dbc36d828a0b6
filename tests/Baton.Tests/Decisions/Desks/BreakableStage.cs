using System.Text.Json;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;

namespace Baton.Tests.Decisions.Desks;

/// <summary>A stage that fails when told to, and counts its runs.</summary>
internal sealed class BreakableStage : IStage
{
    public string Name => "breakable";

    public bool Broken { get; set; }

    /// <summary>What it fails with.</summary>
    public Func<Exception> Error { get; set; } = () => new InvalidOperationException("the stage is broken");

    public int Runs { get; private set; }

    /// <summary>What happens elsewhere while it runs.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        Runs++;
        await Meanwhile();
        return Broken
            ? throw Error()
            : new StageReport { Output = StageOutput.Of(JsonSerializer.SerializeToElement(true)), Tier = "rules" };
    }

    public TurnFindings Apply(Turn turn, StageOutput output) => turn.Findings;

    public StageDescription Describe(StageOutput output) => new("");
}
