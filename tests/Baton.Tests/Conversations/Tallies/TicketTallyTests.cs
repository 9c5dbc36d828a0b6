using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Judging;
using Baton.Conversations.Tallies;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;

namespace Baton.Tests.Conversations.Tallies;

/// <summary>What counts about a ticket, from its events alone.</summary>
public sealed class TicketTallyTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Stories of one ticket, a day between two words, and what counts at their end.</summary>
    [Theory]
    [InlineData("start decide answer", "answered contained decision ticket")]
    [InlineData("start decide answer silence", "answered assumed decision ticket")]
    [InlineData("start decide answer solved", "answered confirmed decision ticket")]
    [InlineData("start decide answer silence judge", "answered decision ticket verified")]
    [InlineData("start decide answer silence return", "answered decision ticket withdrawn")]
    [InlineData("start decide answer silence return answer silence", "2answered assumed decision ticket")]
    [InlineData("start decide ask silence", "decision ticket")]
    [InlineData("start decide answer ask silence", "answered contained decision ticket")]
    [InlineData("start decide escalate", "decision escalated handed_over judged ticket")]
    [InlineData("start decide answer escalate", "answered decision escalated handed_over judged ticket")]
    [InlineData("start decide escalate solved", "confirmed decision escalated handed_over judged ticket")]
    [InlineData("start decide escalate claim solved", "decision escalated handed_over judged ticket")]
    [InlineData("start decide answer claim silence", "answered decision ticket")]
    [InlineData("start decide escalate move", "decision escalated handed_over judged overridden ticket")]
    [InlineData("start decide escalate move move", "decision escalated handed_over judged overridden ticket")]
    [InlineData("start decide move", "decision ticket")]
    [InlineData("start unsure", "decision low_confidence ticket to_review")]
    [InlineData("start unsure agree", "agreed decision judged low_confidence reviewed ticket")]
    [InlineData("start unsure agree correct", "agreed decision judged low_confidence reviewed ticket")]
    [InlineData("start unsure correct", "decision judged low_confidence overridden reviewed ticket")]
    [InlineData("start unsure escalate correct",
        "decision escalated handed_over judged low_confidence overridden reviewed ticket unneeded")]
    [InlineData("start decide escalate claim needed", "decision escalated handed_over judged ticket")]
    [InlineData("start decide escalate claim needless",
        "decision escalated handed_over judged overridden ticket unneeded")]
    [InlineData("start decide escalate claim misplaced", "decision escalated handed_over judged overridden ticket")]
    [InlineData("start unsure escalate correct needless",
        "decision escalated handed_over judged low_confidence overridden reviewed ticket unneeded")]
    [InlineData("start decide needless", "decision ticket")]
    [InlineData("start silent", "ticket")]
    [InlineData("start held", "ticket")]
    [InlineData("start decide answer rate5", "answered contained decision rated satisfied ticket")]
    [InlineData("start decide answer rate3", "answered contained decision rated ticket")]
    [InlineData("start decide answer rate5 rate2", "answered contained decision rated ticket")]
    [InlineData("met broken_clock", "sla_breached:first_reply sla_met:first_reply")]
    [InlineData("kept broken", "promise_broken promise_kept")]
    public void Counts_what_is_true_at_the_end(string story, string counted)
    {
        var (_, changes) = Told(story);

        Assert.Equal(counted, string.Join(' ', changes.GroupBy(c => c.Fact.Figure)
            .Select(g => (Figure: g.Key, N: g.Sum(c => c.Sign))).Where(g => g.N != 0)
            .OrderBy(g => g.Figure, StringComparer.Ordinal).Select(g => g.N == 1 ? g.Figure : g.N + g.Figure)));
        // What counts no longer is taken back as it was counted, or a cut of it would not add up.
        Assert.All(changes.GroupBy(c => c.Fact), g => Assert.InRange(g.Sum(c => c.Sign), 0, int.MaxValue));
    }

    [Fact]
    public void A_resolution_counts_for_the_day_of_the_answer_and_is_deducted_there()
    {
        var (_, changes) = Told("start decide answer silence return");

        var day = TicketTally.DayOf(Monday.AddDays(1));
        Assert.Equal(
            [("contained", 1, day), ("contained", -1, day), ("assumed", 1, day), ("assumed", -1, day),
                ("withdrawn", 1, day)],
            changes.Where(c => Enum.TryParse<ResolutionState>(c.Fact.Figure, true, out _))
                .Select(c => (c.Fact.Figure, c.Sign, c.Fact.Day)));
    }

    [Fact]
    public void A_decision_has_its_cuts_its_cost_and_the_step_of_its_latency()
    {
        var fact = Told("start stage decide").Changes.Single(c => c.Fact.Figure == TallyFigure.Decision).Fact;

        Assert.Equal(new TallyCuts(Route.L1, "refund", "l1", "rule-1", "large", "m-1"), fact.Cuts);
        Assert.Equal((12_500, LatencyStep.Of(100), 1), (fact.Amount, fact.Step, fact.Turn));
    }

    [Fact]
    public void A_rating_after_a_persons_reply_is_of_that_person() =>
        Assert.Equal("ann", Told("start decide escalate claim reply close rate4").Changes
            .Single(c => c.Fact.Figure == TallyFigure.Rated).Fact.Cuts.Person);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(100, 107.6)]
    [InlineData(1000, 1024)]
    [InlineData(1025, 1217.7)]
    public void A_step_ends_at_most_a_fifth_above_the_latency(double latencyMs, double upper) =>
        Assert.Equal(upper, LatencyStep.UpperMs(LatencyStep.Of(latencyMs)), 0.1);

    [Theory]
    [InlineData("start", "rate5", "nothing was answered yet")]
    [InlineData("start decide answer", "rate5", null)]
    [InlineData("start decide escalate claim reply close", "rate1", null)]
    [InlineData("start decide answer rate5", "rate5", "")]
    [InlineData("start decide answer rate5", "rate4", null)]
    [InlineData("start decide answer remark5", "rate4", "rated with a remark")]
    [InlineData("start decide answer remark5", "rate5", "")]
    [InlineData("start decide answer wait15", "rate5", "14 days after the last answer")]
    [InlineData("start decide answer wait15 answer", "rate5", null)]
    public void Takes_a_rating_by_the_rules(string story, string rating, string? refused)
    {
        var (tally, _) = Told(story, out var end);

        var problem = Ratings.Problem(tally, rating[^1] - '0', null, end, out var changes);

        if (refused is { Length: > 0 }) Assert.Contains(refused, problem, StringComparison.Ordinal);
        else Assert.Null(problem);
        Assert.Equal(refused is null, changes);
    }

    private static (TicketTally Tally, List<TallyChange> Changes) Told(string story) => Told(story, out _);

    private static (TicketTally Tally, List<TallyChange> Changes) Told(string story, out DateTimeOffset at)
    {
        var (tally, changes) = (TicketTally.None, new List<TallyChange>());
        at = Monday;
        foreach (var word in story.Split(' '))
        {
            if (word == "wait15") at = at.AddDays(14);
            else
            {
                tally = tally.Next(Fact(word, at), at);
                changes.AddRange(tally.Changes);
            }
            at = at.AddDays(1);
        }
        return (tally, changes);
    }

    private static ConversationEvent Fact(string word, DateTimeOffset at) => word switch
    {
        "start" => new ConversationEvent.ConversationStarted(
            "T-1", "api", null, null, null, null, new Dictionary<string, string>()),
        "stage" => new ConversationEvent.StageCompleted(
            1, "triage", "large", "", StageOutput.Of(default(System.Text.Json.JsonElement)), 5, CostUsd: 0.0125m,
            Model: "m-1"),
        "decide" => Decision(OutcomeKind.Escalated, false),
        "unsure" => Decision(OutcomeKind.Replied, true),
        "silent" => Decision(OutcomeKind.Silent, false),
        "held" => Decision(OutcomeKind.Held, false),
        "answer" => new ConversationEvent.ReplySent(1, "m", "yes", "articles", []),
        "ask" => new ConversationEvent.QuestionAsked(1, "m", "order_id", "Which?"),
        "silence" => new ConversationEvent.ResolutionAssumed("silence"),
        "solved" => new ConversationEvent.ResolutionConfirmed("yes"),
        "judge" => new ConversationEvent.ResolutionVerified("judge", "right"),
        "return" => new ConversationEvent.ResolutionWithdrawn("back"),
        "escalate" => new ConversationEvent.Escalated(1, null!, "l1", Priority.Normal, Route.L1, "", "", at),
        "claim" => new ConversationEvent.Claimed("ann"),
        "reply" => new ConversationEvent.AgentReplied("m", "ann", "hello"),
        "close" => new ConversationEvent.Closed("ann", "done"),
        "move" => new ConversationEvent.Rerouted("l1", "l2", "ann", "wrong team"),
        "agree" => new ConversationEvent.DecisionReviewed(1, "lea", null),
        "correct" => new ConversationEvent.DecisionReviewed(1, "lea", Route.Auto),
        "needed" => new ConversationEvent.HandoffJudged("ann", PersonNeeded.Yes),
        "needless" => new ConversationEvent.HandoffJudged("ann", PersonNeeded.No),
        "misplaced" => new ConversationEvent.HandoffJudged("ann", PersonNeeded.WrongTeam),
        "met" => new ConversationEvent.SlaMet(SlaMetric.FirstReply),
        "broken_clock" => new ConversationEvent.SlaBreached(SlaMetric.FirstReply, at),
        "kept" => new ConversationEvent.PromiseKept(at),
        "broken" => new ConversationEvent.PromiseBroken(at),
        ['r', 'a', 't', 'e', var stars] => new ConversationEvent.Rated(stars - '0', null),
        ['r', 'e', 'm', 'a', 'r', 'k', var stars] => new ConversationEvent.Rated(stars - '0', "so"),
        _ => throw new ArgumentException(word),
    };

    private static ConversationEvent.DecisionMade Decision(OutcomeKind outcome, bool needsReview) => new(
        1, "v1", Route.L1, outcome, 0.5, needsReview, "", ["rule-1", "rule-2"], [], [], "refund", Priority.Normal,
        "l1", 100);
}
