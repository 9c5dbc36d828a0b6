using System.Text.Json.Serialization.Metadata;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Storage.Events;

namespace Baton.Decisions.Replaying;

/// <summary>A decision of the ledger with everything that it was made of.</summary>
/// <param name="Before">The conversation with the stages of the turn, as it was when it was decided.</param>
/// <param name="Kept">Why another playbook would decide the same; null where it may not.</param>
internal sealed record RecordedTurn(
    Conversation Before, ConversationEvent.DecisionMade Made, DateTimeOffset Now, string? Kept)
{
    /// <summary>When it was recorded.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    private const string Chose = " chose ", Nobody = "nobody of ";

    /// <summary>Queue that the policy named, whoever was there to take it; null for what went to nobody.</summary>
    public string? Queue { get; init; }

    /// <summary>What happened on the ticket until the next decision, oldest first.</summary>
    public IReadOnlyList<ConversationEvent> After { get; init; } = [];

    /// <summary>The rule, the trigger or the step that decided.</summary>
    public string DecidedBy => Made.Steps.FirstOrDefault(s => s.Contains(Chose, StringComparison.Ordinal)) is { } step
        ? step[..step.IndexOf(Chose, StringComparison.Ordinal)]
        : Made.RulesMatched is [var rule, ..] ? rule : "exact answer";

    /// <summary>What a stage found in this turn; null where it did not run.</summary>
    public StageOutput? Output(string stage) =>
        Before.FinishedStages.TryGetValue(stage, out var finished) && finished.Turn == Before.CustomerMessages
            ? finished.Output : null;

    /// <inheritdoc cref="Output(string)"/>
    public T? Output<T>(string stage, JsonTypeInfo<T> json) where T : class => Output(stage)?.Read(json);

    /// <summary>What happened after the last decision is read only as far as it tells something of it.</summary>
    private static readonly HashSet<string> Telling =
    [
        nameof(ConversationEvent.ReplySent), nameof(ConversationEvent.FallbackScheduled),
        nameof(ConversationEvent.DecisionReviewed), nameof(ConversationEvent.HandoffJudged),
        nameof(ConversationEvent.DraftWritten), nameof(ConversationEvent.DraftSent),
        nameof(ConversationEvent.DraftEdited), nameof(ConversationEvent.DraftDiscarded),
        nameof(ConversationEvent.ResolutionWithdrawn), nameof(ConversationEvent.ResolutionConfirmed),
        nameof(ConversationEvent.ResolutionVerified), nameof(ConversationEvent.Rated),
        nameof(ConversationEvent.Rerouted), nameof(ConversationEvent.AgentReplied),
    ];

    /// <summary>Every decision of a conversation, oldest first.</summary>
    public static IReadOnlyList<RecordedTurn> Of(string id, IReadOnlyList<StoredEvent> stored)
    {
        var last = stored.Count - 1;
        while (last >= 0 && stored[last].Type != nameof(ConversationEvent.DecisionMade)) last--;
        List<(ConversationEvent Fact, DateTimeOffset At)> facts =
        [
            .. stored.Where((e, i) => i <= last || Telling.Contains(e.Type))
                .Select(e => (ConversationJson.Read(e.Type, e.Data.Span), e.At)),
        ];
        var (state, made) = (new Conversation { Id = id }, new List<(RecordedTurn Turn, int At)>());
        for (var i = 0; i <= last; i++)
        {
            var (fact, at) = facts[i];
            if (fact is ConversationEvent.DecisionMade decision)
                made.Add((Of(state, decision, at, facts, i), i));
            if (i < last) state = state.Apply(fact, at);
        }
        return
        [
            .. made.Select((m, i) => m.Turn with
            {
                After = [.. facts.Take(i + 1 < made.Count ? made[i + 1].At : facts.Count).Skip(m.At + 1)
                    .Select(f => f.Fact)],
            }),
        ];
    }

    private static RecordedTurn Of(
        Conversation state, ConversationEvent.DecisionMade made, DateTimeOffset at,
        IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)> facts, int place) =>
        new(WithoutAsides(state), made, made.At ?? at - TimeSpan.FromMilliseconds(made.LatencyMs), KeptBy(state, made))
        {
            DecidedAt = at, Queue = Wanted(made, facts, place),
        };

    /// <summary>What policy has no word in.</summary>
    private static string? KeptBy(Conversation state, ConversationEvent.DecisionMade made)
    {
        if (made.Outcome == OutcomeKind.Silent) return "silent";
        if (state.Locked) return "with a person";
        if (state.Undecided.Any(f => f is ConversationEvent.StageFailed failed && failed.Turn == made.Turn))
            return "system failure";
        return made.Outcome == OutcomeKind.Held ? "kill switch" : null;
    }

    /// <summary>A comparison of models cost nothing that the decision knew of.</summary>
    private static Conversation WithoutAsides(Conversation state)
    {
        if (!state.FinishedStages.TryGetValue(StageNames.SecondOpinion, out var aside)
            || aside.Turn != state.CustomerMessages) return state;
        return state with
        {
            CostUsd = state.CostUsd - aside.CostUsd, FellBack = state.FellBack.RemoveAll(f => f.To == "none"),
        };
    }

    private static string? Wanted(
        ConversationEvent.DecisionMade made, IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)> facts,
            int place)
    {
        for (var i = place + 1; i < facts.Count && !DecisionBoundary.Ends(facts[i].Fact); i++)
            if (facts[i].Fact is ConversationEvent.FallbackScheduled passed)
                return passed.FromQueue.StartsWith(Nobody, StringComparison.Ordinal)
                    ? passed.FromQueue.Split(' ')[2] : passed.FromQueue.Split(' ')[0];
        return made.Route is Route.Auto or Route.Ask ? null : made.Queue;
    }
}
