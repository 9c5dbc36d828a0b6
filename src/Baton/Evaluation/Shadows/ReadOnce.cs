using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Playbooks;

namespace Baton.Evaluation.Shadows;

/// <summary>
/// Answers of the shadow that come from tools: what the playbook in force has read for the same intent is shared, so
/// that no other system is asked twice.
/// </summary>
/// <param name="intent">What the playbook in force read; null: it read nothing.</param>
/// <param name="read">What it found; null: it looked nothing up.</param>
internal sealed class ReadOnce(IStage resolve, string? intent, StageOutput? read) : IStage
{
    public string Name => resolve.Name;

    public bool Applies(Turn turn) => resolve.Applies(turn);

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) =>
        read is { } found && turn.Triage.Intent == intent
            && turn.Playbook.FindIntent(turn.Triage.Intent)?.Class == IntentClass.Lookup
        ? ValueTask.FromResult(new StageReport { Output = found, Tier = "rules", Note = "read once for both" })
        : resolve.RunAsync(turn, cancellationToken);

    public TurnFindings Apply(Turn turn, StageOutput output) => resolve.Apply(turn, output);

    public StageDescription Describe(StageOutput output) => resolve.Describe(output);
}
