using System.Collections.Immutable;
using Baton.Conversations.Findings;
using Baton.Conversations.Judging;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;

namespace Baton.Conversations.Tallies;

/// <summary>
/// What counts about a ticket, as its events tell it. Every figure of the console is made of the changes: a fact that
/// stops to be true is taken back on the day for which it counted.
/// </summary>
public sealed record TicketTally
{
    private const long DayMs = 86_400_000;

    public static TicketTally None { get; } = new();

    /// <summary>What the last event changed.</summary>
    public IReadOnlyList<TallyChange> Changes { get; private init; } = [];

    /// <summary>Every decision of Baton, by turn.</summary>
    public ImmutableSortedDictionary<int, TurnTally> Turns { get; private init; } =
        ImmutableSortedDictionary<int, TurnTally>.Empty;

    /// <summary>Null while automation has not answered, or a person has worked on it.</summary>
    public ResolutionState? Resolution { get; private init; }

    /// <summary>
    /// When the customer last got what can be rated: an answer, a reply, or the end; null: nothing yet.
    /// </summary>
    public DateTimeOffset? RateableAt { get; private init; }

    /// <summary>The rating that stands.</summary>
    public ConversationEvent.Rated? Rating { get; private init; }

    private long StartedDay { get; init; }

    private bool WasEscalated { get; init; }

    /// <summary>A person took it or wrote: what comes of it is no merit of automation alone.</summary>
    private bool PersonWorked { get; init; }

    private string? Person { get; init; }

    private bool LastWordIsAnswer { get; init; }

    private TallyFact? Resolved { get; init; }

    private ImmutableList<TallyFact> Rated { get; init; } = [];

    private long CostMicros { get; init; }

    private string? Tier { get; init; }

    private string? Model { get; init; }

    private int LastTurn { get; init; }

    private TurnTally? Last => Turns.GetValueOrDefault(LastTurn);

    /// <summary>The tally after one more event.</summary>
    public TicketTally Next(ConversationEvent fact, DateTimeOffset at)
    {
        var now = Changes.Count == 0 ? this : this with { Changes = [] };
        var day = DayOf(at);
        return fact switch
        {
            ConversationEvent.ConversationStarted => (now with { StartedDay = day })
                .Count(new(TallyFigure.Ticket, day, TallyCuts.None)),
            ConversationEvent.StageCompleted e => now.Spent(e),
            ConversationEvent.StagesCompleted e =>
                StageRuns.Each(e).Aggregate(now, (tally, stage) => tally.Spent(stage)),
            ConversationEvent.DecisionMade e => now.Decided(e, day),
            ConversationEvent.ReplySent => now.Answered(at),
            ConversationEvent.QuestionAsked => now with { LastWordIsAnswer = false },
            ConversationEvent.Escalated e => now.HandedOver(e, at),
            ConversationEvent.Claimed e => now.Worked(e.By),
            ConversationEvent.OfferAccepted e => now.Worked(e.By),
            ConversationEvent.Assigned e => now.Worked(e.To),
            ConversationEvent.HandedOver { To: { } to } => now.Worked(to),
            ConversationEvent.AgentReplied e => now.Worked(e.By) with { RateableAt = at },
            ConversationEvent.Closed => now with { RateableAt = at },
            ConversationEvent.Rerouted => now.Corrected(now.Turns.Values.LastOrDefault(t => t.IsHandedOver)),
            ConversationEvent.DecisionReviewed e => now.Reviewed(e),
            ConversationEvent.HandoffJudged e => now.Judged(e.Needed),
            ConversationEvent.DecisionScored e => now.Scored(e),
            ConversationEvent.Rated e => now.WithRating(e, day),
            ConversationEvent.PromiseKept e => now.Count(new(TallyFigure.PromiseKept, DayOf(e.PromisedBy), now.Now)),
            ConversationEvent.PromiseBroken e =>
                now.Count(new(TallyFigure.PromiseBroken, DayOf(e.PromisedBy), now.Now)),
            ConversationEvent.ToolDenied e when DeniedClause.IsAttempt(e.Clause) =>
                now.Count(new(TallyFigure.Denied, day, now.Now)),
            ConversationEvent.ToolCalled { Outcome: "failed" or "broken" } =>
                now.Count(new(TallyFigure.ToolFailed, day, now.Now)),
            ConversationEvent.ModelFellBack =>
                now.Count(new(TallyFigure.FellBack, day, now.Now)),
            ConversationEvent.StageFailed => now.Count(new(TallyFigure.StageFailed, day, now.Now)),
            ConversationEvent.SecondOpinionGiven { AgreesOnRoute: { } agrees } => now.Opinion(agrees, day),
            ConversationEvent.SlaWarned e => now.Count(new(TallyFigure.Warned(e.Metric), day, now.Now)),
            ConversationEvent.SlaMet e => now.Count(new(TallyFigure.Met(e.Metric), day, now.Now)),
            ConversationEvent.SlaBreached e => now.Count(new(TallyFigure.Breached(e.Metric), day, now.Now)),
            ConversationEvent.ResolutionAssumed when now is { LastWordIsAnswer: true, PersonWorked: false } =>
                now.Resolve(ResolutionState.Assumed, day),
            ConversationEvent.ResolutionConfirmed when !now.PersonWorked => now.Resolve(ResolutionState.Confirmed, day),
            ConversationEvent.ResolutionVerified when now.Resolution is not null =>
                now.Resolve(ResolutionState.Verified, day),
            ConversationEvent.ResolutionWithdrawn when now.IsResolved => now.Resolve(ResolutionState.Withdrawn, day),
            _ => now,
        };
    }

    /// <summary>Whether it counts as resolved, so that coming back takes it away.</summary>
    public bool IsResolved => Resolution is ResolutionState.Assumed or ResolutionState.Confirmed
        or ResolutionState.Verified;

    /// <summary>The day that a moment belongs to.</summary>
    public static long DayOf(DateTimeOffset at) => Math.DivRem(at.ToUnixTimeMilliseconds(), DayMs).Quotient;

    private TallyCuts Now => Last?.Cuts ?? TallyCuts.None;

    private TicketTally Count(TallyFact fact, int sign = 1) => this with { Changes = [.. Changes, new(fact, sign)] };

    private TicketTally Spent(ConversationEvent.StageCompleted stage) => this with
    {
        CostMicros = CostMicros + (long)Math.Round(stage.CostUsd * 1_000_000),
        Tier = stage.Model is null ? Tier : stage.Tier, Model = stage.Model ?? Model,
    };

    /// <summary>Silent and held turns decide nothing: the ticket is a person's, or nobody asked.</summary>
    private TicketTally Decided(ConversationEvent.DecisionMade e, long day)
    {
        var fresh = this with { CostMicros = 0, Tier = null, Model = null };
        if (e.Outcome is OutcomeKind.Silent or OutcomeKind.Held) return fresh;
        var cuts = new TallyCuts(
            e.Route, e.Intent, e.Queue, e.RulesMatched is [var rule, ..] ? rule : null,
            Tier ?? TallyCuts.LocalTier, Model);
        var turn = new TurnTally(e.Turn, day, cuts, CostMicros) { NeedsReview = e.NeedsReview };
        var next = (fresh with { LastTurn = e.Turn, Turns = Turns.SetItem(e.Turn, turn) })
            .Count(turn.Fact(TallyFigure.Decision, CostMicros, LatencyStep.Of(e.LatencyMs)));
        return !e.NeedsReview ? next : next
            .Count(turn.Fact(TallyFigure.LowConfidence)).Count(turn.Fact(TallyFigure.ToReview));
    }

    private TicketTally Answered(DateTimeOffset at)
    {
        if (Last is not { } turn) return this;
        var next = (this with { LastWordIsAnswer = true, RateableAt = at })
            .Count(turn.Fact(TallyFigure.Answered, turn.CostMicros));
        return Resolution is null && !WasEscalated && !PersonWorked
            ? next.Resolve(ResolutionState.Contained, turn.Day)
            : next;
    }

    private TicketTally HandedOver(ConversationEvent.Escalated e, DateTimeOffset at)
    {
        // A turn that was held decided nothing, and may be handed over all the same.
        var turn = (Last is { } last && last.Turn == e.Turn ? last
            : new TurnTally(e.Turn, DayOf(at), new TallyCuts(e.Route, Queue: e.Queue), 0)) with { IsHandedOver = true };
        var next = this with
        {
            WasEscalated = true, LastWordIsAnswer = false, LastTurn = turn.Turn, Turns = Turns.SetItem(turn.Turn, turn),
        };
        next = next
            .Count(turn.Fact(TallyFigure.HandedOver, turn.CostMicros, at.UtcDateTime.Hour))
            .Count(turn.Fact(TallyFigure.Judged));
        if (!WasEscalated) next = next.Count(new(TallyFigure.Escalated, StartedDay, turn.Cuts));
        return Resolution == ResolutionState.Contained ? next.Unresolve() : next;
    }

    private TicketTally Worked(string person)
    {
        var next = this with { PersonWorked = true, Person = person };
        return Resolution == ResolutionState.Contained ? next.Unresolve() : next;
    }

    private TicketTally Corrected(TurnTally? turn) => turn is null or { IsCorrected: true } ? this
        : (this with { Turns = Turns.SetItem(turn.Turn, turn with { IsCorrected = true }) })
            .Count(turn.Fact(TallyFigure.Overridden));

    private TicketTally Reviewed(ConversationEvent.DecisionReviewed e)
    {
        if (!Turns.TryGetValue(e.Turn, out var turn) || turn.ReviewedBy is not null) return this;
        turn = turn with { ReviewedBy = e.By, ShouldHaveBeen = e.ShouldHaveBeen };
        var next = (this with { Turns = Turns.SetItem(turn.Turn, turn) }).Count(turn.Fact(TallyFigure.Reviewed));
        if (turn.NeedsReview) next = next.Count(turn.Fact(TallyFigure.ToReview), -1);
        if (!turn.IsHandedOver) next = next.Count(turn.Fact(TallyFigure.Judged));
        if (e.ShouldHaveBeen is not { } route) return next.Count(turn.Fact(TallyFigure.Agreed));
        next = next.Corrected(turn);
        if (turn.Cuts.Route == Route.Auto && route is not (Route.Auto or Route.Ask))
            next = next.Count(turn.Fact(TallyFigure.WrongAnswer));
        return route is Route.Auto or Route.Ask ? next.Unneeded(turn.Turn) : next;
    }

    private TicketTally Opinion(bool agrees, long day)
    {
        var next = Count(new(TallyFigure.SecondOpinion, day, Now));
        return agrees ? next : next.Count(new(TallyFigure.SecondDiffers, day, Now));
    }

    /// <summary>Who closes a ticket says whether it needed a person.</summary>
    private TicketTally Judged(PersonNeeded needed)
    {
        if (needed == PersonNeeded.Yes || Turns.Values.LastOrDefault(t => t.IsHandedOver) is not { } turn) return this;
        var next = Corrected(turn);
        return needed == PersonNeeded.No ? next.Unneeded(turn.Turn) : next;
    }

    /// <summary>Weighed, so that decisions that are drawn more often count as often as they are made.</summary>
    private TicketTally Scored(ConversationEvent.DecisionScored e) => !Turns.TryGetValue(e.Turn, out var turn) ? this
        : Count(turn.Fact(TallyFigure.Scored(e.Criterion), Millionths(e.Score)))
            .Count(turn.Fact(TallyFigure.ScoredSum(e.Criterion), Millionths(e.Score * e.Weight)))
            .Count(turn.Fact(TallyFigure.ScoredWeight(e.Criterion), Millionths(e.Weight)))
            .Count(turn.Fact(TallyFigure.ScoredSquares(e.Criterion), Millionths(e.Weight * e.Weight)))
            .Count(turn.Fact(TallyFigure.ScoredSquareSum(e.Criterion), Millionths(e.Score * e.Weight * e.Weight)));

    private static long Millionths(double value) => (long)Math.Round(value * 1_000_000);

    private TicketTally Unneeded(int turn) => Turns[turn] is not { IsHandedOver: true, IsUnneeded: false } judged ? this
        : (this with { Turns = Turns.SetItem(turn, judged with { IsUnneeded = true }) })
            .Count(judged.Fact(TallyFigure.Unneeded));

    private TicketTally WithRating(ConversationEvent.Rated e, long day)
    {
        var cuts = Now with { Person = Person };
        ImmutableList<TallyFact> facts = [new(TallyFigure.Rated, day, cuts, e.Stars)];
        if (e.Stars >= Ratings.Satisfied) facts = facts.Add(new(TallyFigure.Satisfied, day, cuts));
        if (e.Stars <= Ratings.Bad && Last is { IsHandedOver: false, Cuts.Route: Route.Auto } && !PersonWorked)
            facts = facts.Add(new(TallyFigure.WrongAnswer, day, cuts));
        var next = Rated.Aggregate(this, (tally, old) => tally.Count(old, -1));
        return facts.Aggregate(next with { Rating = e, Rated = facts }, (tally, fact) => tally.Count(fact));
    }

    /// <summary>A state takes the place of the one before, on the day for which that counted.</summary>
    private TicketTally Resolve(ResolutionState state, long day)
    {
        var fact = (Resolved ?? new(TallyFigure.Of(state), day, Now)) with { Figure = TallyFigure.Of(state) };
        if (Resolution == state) return this;
        return (Unresolve() with { Resolution = state, Resolved = fact }).Count(fact);
    }

    private TicketTally Unresolve() => Resolved is null ? this
        : (this with { Resolution = null, Resolved = null }).Count(Resolved, -1);
}
