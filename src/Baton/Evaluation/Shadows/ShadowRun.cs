using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.People.Routing;
using Baton.Playbooks;
using Baton.Storage.Events;

namespace Baton.Evaluation.Shadows;

/// <summary>Two decisions on one message.</summary>
/// <param name="Fields">What came with the ticket.</param>
/// <param name="IsCutShort">
/// Whether the money ended before the candidate did: then it is no decision of its own.
/// </param>
internal sealed record ShadowDecisions(
    Decision Real, Decision Own, IReadOnlyDictionary<string, string> Fields, bool IsCutShort);

/// <summary>
/// Decides a message again under another playbook: the whole pipeline on what was known when the turn began. Nothing of
/// it is kept but the decision; effects are walked dry, and what others answered is shared.
/// </summary>
internal sealed class ShadowRun(ConversationStore store, DecisionPipeline pipeline, Rosters rosters, TimeProvider clock)
{
    private readonly TurnDecider _decider = new(rosters.LoadOf);

    /// <summary>The decision in force on a turn, and the candidate's; null when the turn was not decided.</summary>
    public async Task<ShadowDecisions?> DecideAsync(
        LocalModelCache.Trained candidate, string ticket, int number, Usd budget, CancellationToken cancellationToken)
    {
        var events = store.Database.Read(c => Ledger.Read(c, ticket))
            .Select(e => (Fact: ConversationJson.Read(e.Type, e.Data.Span), e.At)).ToList();
        var end = events.FindIndex(e => e.Fact is ConversationEvent.DecisionMade made && made.Turn == number);
        if (end < 0) return null;
        var asked = events.FindLastIndex(
            end, e => e.Fact is ConversationEvent.MessageReceived { From: Author.Customer });
        if (asked < 0) return null;
        var state = new Conversation { Id = ticket };
        foreach (var (fact, at) in events.Take(end).Where((e, i) => i <= asked
            || e.Fact is ConversationEvent.CustomerContextFetched or ConversationEvent.MessageReceived))
            state = state.Apply(fact, at);
        // All that belongs to the decision in force, its own commit included.
        var after = end + 1;
        while (after < events.Count && !DecisionBoundary.Ends(events[after].Fact)) after++;
        var real = DecisionView.Of(ticket, [.. events.Take(after).Skip(asked + 1).Select(e => e.Fact)]);
        var turn = new Turn(candidate.Playbook, candidate.Models, state, events[end].At) { ShadowBudget = budget };
        var facts = await DecideAsync(turn, Read(events.Take(end).Select(e => e.Fact), number), real.Triage?.Intent,
            cancellationToken);
        return new ShadowDecisions(real, DecisionView.Of(ticket, facts), state.Fields,
            facts.Any(f => f is ConversationEvent.ModelFellBack { Why: Fallbacks.Budget }));
    }

    private async Task<IReadOnlyList<ConversationEvent>> DecideAsync(
        Turn turn, StageOutput? read, string? intent, CancellationToken cancellationToken)
    {
        List<ConversationEvent> facts = [];
        var started = clock.GetTimestamp();
        var stages = pipeline.Stages.Where(s => s.Name != StageNames.SecondOpinion)
            .Select(s => s.Name == StageNames.Resolve ? new ReadOnce(s, intent, read) : s);
        await new DecisionPipeline([.. stages], clock).RunAsync(turn, (found, _) =>
        {
            facts.AddRange(found);
            return Task.CompletedTask;
        }, cancellationToken);
        // What waits for an approval goes on to be done: it counts as neither answered nor handed over.
        var decision = turn.WaitsFor is null
            ? _decider.Decide(turn, clock.GetElapsedTime(started).TotalMilliseconds)
            : _decider.Fail(turn, StageNames.Act, new StageException("waits for an approval", isTransient: false), 0);
        return [.. facts, .. decision.Events];
    }

    private static StageOutput? Read(IEnumerable<ConversationEvent> facts, int number) => StageRuns.Unpacked(facts)
        .OfType<ConversationEvent.StageCompleted>()
        .LastOrDefault(s => s.Turn == number && s.Stage == StageNames.Resolve)?.Output;
}
