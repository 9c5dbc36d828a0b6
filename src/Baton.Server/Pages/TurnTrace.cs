using Baton.Conversations.Findings;
using Baton.Decisions.Stages;
using Baton.Playbooks.Models;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Pages;

/// <summary>What happened in one turn, grouped for reading.</summary>
public sealed record TurnTrace(int Number, IReadOnlyList<Event> Events)
{
    /// <summary>Null while the turn is being worked on.</summary>
    public Event.DecisionMade? Made { get; } = Events.OfType<Event.DecisionMade>().LastOrDefault();

    public Event.Escalated? Escalated { get; } = Events.OfType<Event.Escalated>().LastOrDefault();

    public Event.ReplySent? Reply { get; } = Events.OfType<Event.ReplySent>().LastOrDefault();

    /// <summary>Passages that the customer was shown with the promise of a person.</summary>
    public IReadOnlyList<Offer> Offers { get; } =
        [.. Events.OfType<Event.OfferMade>().SelectMany(e => e.Offers)];

    public Event.QuestionAsked? Question { get; } = Events.OfType<Event.QuestionAsked>().LastOrDefault();

    public Event.Held? Held { get; } = Events.OfType<Event.Held>().LastOrDefault();

    /// <summary>Stages and what they did on the way, in order.</summary>
    public IReadOnlyList<Event> Stages { get; } =
        [.. Events.Where(e => e is Event.StageCompleted or Event.StageFailed or Event.ModelFellBack
            or Event.SecondOpinionGiven
            or Event.ToolCalled or Event.ToolDenied)];

    public IReadOnlyList<TriggerFinding> Triggers { get; } =
        [.. Events.OfType<Event.TriggerFired>().Select(e => e.Finding)];

    public IReadOnlyList<Event.SlaStarted> Targets { get; } = [.. Events.OfType<Event.SlaStarted>()];

    public decimal CostUsd { get; } = Events.OfType<Event.StageCompleted>().Sum(e => e.CostUsd);

    /// <summary>Tier that wrote the answer, or null when there was none.</summary>
    public string? AnsweredBy => Reply switch
    {
        null => null,
        { Source: "exact" } => TierNames.Rules,
        _ => Events.OfType<Event.StageCompleted>()
            .LastOrDefault(e => e.Stage is StageNames.Resolve or StageNames.Final) is { } resolve
            ? Resolution.Of(resolve.Output).Draft?.Tier
            : null,
    };

    /// <summary>Tiers that any stage of the turn used, in order of first use.</summary>
    public IReadOnlyList<string> Tiers => [.. Events.OfType<Event.StageCompleted>().Select(e => e.Tier).Distinct()];

    /// <summary>
    /// The turns of a conversation in order. A turn that started over for a newer message is left out.
    /// </summary>
    public static IReadOnlyList<TurnTrace> Of(IEnumerable<Event> events)
    {
        var turns = new SortedDictionary<int, List<Event>>();
        var current = 0;
        foreach (var fact in StageRuns.Unpacked(events))
        {
            if (TurnOf(fact) is { } turn) current = turn;
            else if (fact is not Event.SlaStarted) continue;
            if (!turns.TryGetValue(current, out var of)) turns[current] = of = [];
            of.Add(fact);
        }
        var last = turns.Count == 0 ? 0 : turns.Keys.Last();
        return [.. turns.Select(t => new TurnTrace(t.Key, t.Value)).Where(t => t.Made is not null || t.Number == last)];
    }

    private static int? TurnOf(Event fact) => fact switch
    {
        Event.StageCompleted e => e.Turn,
        Event.StageFailed e => e.Turn,
        Event.ModelFellBack e => e.Turn,
        Event.SecondOpinionGiven e => e.Turn,
        Event.ToolCalled e => e.Turn,
        Event.ToolDenied e => e.Turn,
        Event.TriggerFired e => e.Turn,
        Event.DecisionMade e => e.Turn,
        Event.OfferMade e => e.Turn,
        Event.DraftWritten e => e.Turn,
        Event.ReplySent e => e.Turn,
        Event.QuestionAsked e => e.Turn,
        Event.Held e => e.Turn,
        Event.Escalated e => e.Turn,
        _ => null,
    };
}
