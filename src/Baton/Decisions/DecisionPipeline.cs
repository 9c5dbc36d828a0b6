using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Stages;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Stages.Offering;
using Baton.Decisions.Turns;
using Baton.Decisions.Working;
using Baton.Gateway.Money;

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
        new TriageStage(services.Models),
        new ToneStage(services.Models),
        new ComplexityStage(services.Models),
        new EscalationStage(services.Models, services.Autonomy, services.Store),
        new ActStage(services.Workflows, services.Store, services.Turns, services.Models),
        new AgentStage(services.Agents, services.Store, services.Models, services.Turns),
        new ResolveStage(services.Tools, services.KillSwitch, services.Store, services.Models, services.Turns,
            services.Clock),
        new CheckStage(StageNames.Check, services.Models),
        new FinalStage(services.Models),
        new CheckStage(StageNames.Recheck, services.Models),
        new GuardStage(),
        new OfferStage(),
        new SummaryStage(services.Models),
        new SecondOpinionStage(services.Models),
    ];

    /// <summary>The stages of this pipeline.</summary>
    public IReadOnlyList<IStage> Stages => stages;

    /// <summary>Runs what is left of the turn.</summary>
    /// <param name="turn">Filled by the stages.</param>
    /// <param name="report">Gets each stage's events as it finishes; waits until they are safe when told so.</param>
    public async Task RunAsync(
        Turn turn, Func<IReadOnlyList<ConversationEvent>, bool, Task> report, CancellationToken cancellationToken)
    {
        for (var i = 0; i < stages.Count && !turn.Findings.IsSettled && turn.WaitsFor is null; i++)
        {
            if (ReadBack(stages[i], turn) || !stages[i].Applies(turn)) continue;
            var running = RunAsync(stages[i], turn, cancellationToken);
            // Nearly every stage of the local tier is done here, and nothing else is set up for it.
            if (!running.IsCompletedSuccessfully && stages[i].RunsWithNext)
            {
                i = await RunTogetherAsync(i, running, turn, report, cancellationToken);
                continue;
            }
            List<ConversationEvent> facts = [];
            await report(facts, Finish(turn, stages[i], await running, facts));
        }
    }

    /// <summary>The stage of the turn that was running when only these facts had been reported.</summary>
    public string NextAfter(Turn turn, IReadOnlyList<ConversationEvent> facts)
    {
        var finished = facts.OfType<ConversationEvent.StageCompleted>().Where(f => f.Turn == turn.Number)
            .Select(f => f.Stage).ToHashSet();
        return stages.FirstOrDefault(s => !finished.Contains(s.Name) && s.Applies(turn))?.Name ?? "decision";
    }

    /// <summary>
    /// Starts the stages that need not wait for each other, and finishes them in their order and in one piece. Whatever
    /// one of them fails with, the others have been paid for: their outputs are kept first.
    /// </summary>
    /// <returns>Index of the last stage that ran.</returns>
    private async Task<int> RunTogetherAsync(
        int first, ValueTask<Finished> running, Turn turn, Func<IReadOnlyList<ConversationEvent>, bool, Task> report,
        CancellationToken cancellationToken)
    {
        List<IStage> members = [stages[first]];
        List<Task<Finished>> tasks = [running.AsTask()];
        var last = first;
        while (stages[last].RunsWithNext && last + 1 < stages.Count)
        {
            var next = stages[++last];
            if (ReadBack(next, turn) || !next.Applies(turn)) continue;
            members.Add(next);
            tasks.Add(RunAsync(next, turn, cancellationToken).AsTask());
        }
        var all = Task.WhenAll(tasks);
        await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<ConversationEvent> facts = [];
        var precious = false;
        for (var i = 0; i < tasks.Count; i++)
            if (tasks[i].IsCompletedSuccessfully) precious |= Finish(turn, members[i], await tasks[i], facts);
        if (facts.Count > 0) await report(facts, precious);
        await all;
        return last;
    }

    private static bool ReadBack(IStage stage, Turn turn)
    {
        if (stage.AlwaysRuns || !turn.Conversation.FinishedStages.TryGetValue(stage.Name, out var finished)
            || finished.Turn != turn.Number) return false;
        turn.Take(stage.Apply(turn, finished.Output));
        return true;
    }

    private async ValueTask<Finished> RunAsync(IStage stage, Turn turn, CancellationToken cancellationToken)
    {
        var (started, span) = (clock.GetTimestamp(), TurnSpans.Stage(
            turn.IsShadow ? ShadowAccount.TicketOf(turn.Conversation.Id) : turn.Conversation.Id, stage.Name));
        StageReport? result = null;
        try
        {
            result = await stage.RunAsync(turn, cancellationToken);
            return new Finished(result, Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3));
        }
        finally
        {
            TurnSpans.End(span, Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3), result?.Tier,
                result?.Confidence);
        }
    }

    /// <summary>Gives the turn the output and adds the stage's facts.</summary>
    /// <returns>Whether they must be safe before anything else happens.</returns>
    private static bool Finish(Turn turn, IStage stage, Finished done, List<ConversationEvent> facts)
    {
        var (result, latency) = done;
        if (result.WaitsFor is { } approval)
        {
            turn.WaitsFor = approval;
            facts.AddRange(result.Facts);
            return true;
        }
        turn.Take(stage.Apply(turn, result.Output));
        turn.Count(result);
        facts.AddRange(result.Facts);
        facts.Add(new ConversationEvent.StageCompleted(
            turn.Number, stage.Name, result.Tier, turn.Input.Digest, result.Output, latency, result.Confidence,
            result.CostUsd, result.Model, result.TokensIn, result.TokensOut, result.CacheHit, result.Note));
        return result.IsPrecious;
    }

    /// <summary>What a stage reported, and after how many milliseconds.</summary>
    private readonly record struct Finished(StageReport Result, double LatencyMs);
}
