namespace Baton.Conversations.Findings;

/// <summary>One stage inside <see cref="ConversationEvent.StagesCompleted"/>.</summary>
public sealed record FinishedStage(
    string Stage, string Tier, StageOutput Output, double LatencyMs, double? Confidence = null, string? Note = null);

/// <summary>
/// Stages that cost nothing stand in the ledger together: a row and a link of the chain for each would cost more than
/// they did. Everybody but the ledger sees them one by one.
/// </summary>
internal static class StageRuns
{
    /// <summary>
    /// The facts as the ledger holds them: neighbours that cost nothing in one. A stage that asked a model stands
    /// alone.
    /// </summary>
    public static IReadOnlyList<ConversationEvent> Packed(IReadOnlyList<ConversationEvent> facts)
    {
        var packed = new List<ConversationEvent>(facts.Count);
        for (var i = 0; i < facts.Count;)
        {
            var end = i;
            while (end < facts.Count && Together(facts[i], facts[end])) end++;
            if (end - i < 2) packed.Add(facts[i++]);
            else
            {
                packed.Add(Pack([.. facts.Skip(i).Take(end - i).Cast<ConversationEvent.StageCompleted>()]));
                i = end;
            }
        }
        return packed;
    }

    /// <summary>The facts with every stage on its own, wherever they come from.</summary>
    public static IEnumerable<ConversationEvent> Unpacked(IEnumerable<ConversationEvent> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is not ConversationEvent.StagesCompleted run) yield return fact;
            else foreach (var stage in Each(run)) yield return stage;
        }
    }

    /// <summary>The stages of a run, in their order.</summary>
    public static IEnumerable<ConversationEvent.StageCompleted> Each(ConversationEvent.StagesCompleted run) =>
        run.Stages.Select(s => new ConversationEvent.StageCompleted(
            run.Turn, s.Stage, s.Tier, run.InputDigest, s.Output, s.LatencyMs, s.Confidence, Note: s.Note));

    private static bool Together(ConversationEvent first, ConversationEvent other) =>
        first is ConversationEvent.StageCompleted one && other is ConversationEvent.StageCompleted two
        && IsFree(one) && IsFree(two) && one.Turn == two.Turn && one.InputDigest == two.InputDigest;

    private static bool IsFree(ConversationEvent.StageCompleted stage) =>
        stage is { CostUsd: 0, Model: null, TokensIn: 0, TokensOut: 0, CacheHit: false };

    private static ConversationEvent.StagesCompleted Pack(IReadOnlyList<ConversationEvent.StageCompleted> run) => new(
        run[0].Turn, run[0].InputDigest,
        [.. run.Select(s => new FinishedStage(s.Stage, s.Tier, s.Output, s.LatencyMs, s.Confidence, s.Note))]);
}
