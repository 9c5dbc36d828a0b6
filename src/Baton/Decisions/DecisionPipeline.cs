using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Decisions.Stages;

namespace Baton.Decisions;

/// <summary>
/// Runs the stages of a turn in order. Every stage leaves its event; stages that finished before a crash are read back
/// instead of run again.
/// </summary>
internal sealed class DecisionPipeline(IReadOnlyList<IStage> stages, TimeProvider clock)
{
    /// <summary>The product's stages, in the order they run. This list is the pipeline.</summary>
    public static IReadOnlyList<IStage> Default(StageNeeds services) =>
    [
        new ContextStage(services.Customers, services.KillSwitch, services.Store),
        new TriageStage(),
        new ToneStage(),
        new ComplexityStage(),
        new EscalationStage(),
        new ResolveStage(services.Tools, services.Clock),
        new GuardStage(),
    ];

    /// <summary>Runs what is left of the turn.</summary>
    /// <param name="turn">Filled by the stages.</param>
    /// <param name="report">Gets each stage's events as it finishes; waits until they are safe when told so.</param>
    public async Task RunAsync(
        Turn turn, Func<IReadOnlyList<ConversationEvent>, bool, Task> report, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            if (turn.IsSettled) return;
            if (!stage.AlwaysRuns
                && turn.Conversation.FinishedStages.TryGetValue(stage.Name, out var finished)
                && finished.Turn == turn.Number)
            {
                stage.Apply(turn, finished.Output);
                continue;
            }
            await RunAsync(stage, turn, report, cancellationToken);
        }
    }

    /// <summary>The stage that was running when only these facts had been reported.</summary>
    public string NextAfter(IReadOnlyList<ConversationEvent> facts)
    {
        var finished = facts.OfType<ConversationEvent.StageCompleted>().Select(f => f.Stage).ToHashSet();
        return stages.FirstOrDefault(s => !finished.Contains(s.Name))?.Name ?? "decision";
    }

    private async Task RunAsync(
        IStage stage, Turn turn, Func<IReadOnlyList<ConversationEvent>, bool, Task> report,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var result = await stage.RunAsync(turn, cancellationToken);
        var latency = Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3);
        stage.Apply(turn, result.Output);
        var completed = new ConversationEvent.StageCompleted(
            turn.Number, stage.Name, result.Tier, Digest(turn), result.Output, latency, result.Confidence,
            result.CostUsd, result.Model, result.TokensIn, result.TokensOut, result.CacheHit, result.Note);
        await report([.. result.Facts, completed], result.IsPrecious);
    }

    /// <summary>Names the input, so that two runs over the same text can be told from two over different ones.</summary>
    private static string Digest(Turn turn)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(turn.FullText), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
