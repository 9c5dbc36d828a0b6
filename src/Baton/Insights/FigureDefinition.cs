using Baton.Conversations.Tallies;
using Baton.Playbooks;

namespace Baton.Insights;

/// <summary>What a figure is, in the words that the page, the API and <c>docs/insights.md</c> have for it.</summary>
/// <param name="Name">As in <see cref="TallyFigure"/>.</param>
/// <param name="Title">In a few words, in the plural.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Among">Figure that it is a share of; null: it is a count.</param>
public sealed record FigureDefinition(string Name, string Title, string Text, string? Among = null)
{
    /// <summary>Every figure, in the order of the page.</summary>
    public static readonly IReadOnlyList<FigureDefinition> All =
    [
        new(TallyFigure.Ticket, "Tickets", "Tickets that began on the day, whatever became of them."),
        new(TallyFigure.Decision, "Decisions",
            "Turns in which Baton answered, asked or handed over, on their day; silent and held turns decide nothing."),
        new(TallyFigure.LowConfidence, "Low-confidence decisions",
            "Decisions whose confidence was under the playbook's floor.", TallyFigure.Decision),
        new(TallyFigure.ToReview, "Waiting for review", "Low-confidence decisions that nobody has reviewed yet."),
        new(TallyFigure.Reviewed, "Reviewed", "Decisions of which a person has said what the route should have been."),
        new(TallyFigure.Agreed, "Agreed with",
            "Reviewed decisions whose route the reviewer would have taken as well.", TallyFigure.Reviewed),
        new(TallyFigure.Judged, "Seen by a person", "Decisions that were handed over to a person or reviewed by one."),
        new(TallyFigure.Overridden, "Overridden",
            "Decisions seen by a person that the person corrected: moved to another queue, or reviewed with another route.",
            TallyFigure.Judged),
        new(TallyFigure.Answered, "Answers", "Decisions whose reply automation sent.", TallyFigure.Decision),
        new(TallyFigure.HandedOver, "Handed over", "Decisions that gave the ticket to a person.", TallyFigure.Decision),
        new(TallyFigure.Escalated, "Escalated tickets",
            "Tickets that were handed over at least once, on the day they began.", TallyFigure.Ticket),
        new(TallyFigure.Unneeded, "Escalated without need",
            "Decisions that were handed over and of which a person said that automation should have answered or asked.",
            TallyFigure.HandedOver),
        Of(ResolutionState.Contained, "Contained",
            "Tickets that automation answered, with no person in them and no word since."),
        Of(ResolutionState.Assumed, "Assumed resolved",
            "Answered tickets whose customer was silent for the playbook's time (assume_resolved_after)."),
        Of(ResolutionState.Confirmed, "Confirmed",
            "Tickets whose customer said that it is solved, and no person worked on them."),
        Of(ResolutionState.Verified, "Verified", "Answered tickets whose answer a judge has read and agreed with."),
        Of(ResolutionState.Withdrawn, "Withdrawn",
            "Tickets that counted as assumed, confirmed or verified, and whose customer came back with more than thanks."),
        new(TallyFigure.Rated, "Ratings", "Tickets that the customer rated, on the day of the rating that stands."),
        new(TallyFigure.Satisfied, "Satisfied (CSAT)", "Ratings of four or five stars; three counts against.",
            TallyFigure.Rated),
        new(TallyFigure.WrongAnswer, "Answers called bad",
            "Answers of automation that a reviewer says a person was due for, or that got one or two stars and no person.",
            TallyFigure.Answered),
        new(TallyFigure.SecondOpinion, "Second opinions",
            "Decisions of which a stronger model was asked as well, on the day it answered."),
        new(TallyFigure.SecondDiffers, "Second opinions that differ",
            "Second opinions that would have taken another route.", TallyFigure.SecondOpinion),
        new(TallyFigure.Denied, "Tool calls denied",
            "Tool calls that were denied although no policy of every day says no: somebody's attempt, or a bug."),
        new(TallyFigure.ToolFailed, "Tool calls failed", "Calls of tools that failed, or were not made because what is behind them is down."),
        new(TallyFigure.FellBack, "Fallbacks", "Times that another model than the first one answered."),
        new(TallyFigure.StageFailed, "Stages failed", "Stages of a turn that failed and were tried again or passed over."),
        new(TallyFigure.PromiseKept, "Promises kept",
            "Promises of a time, on the day they were due, before which a person was in touch."),
        new(TallyFigure.PromiseBroken, "Promises broken",
            "Promises of a time, on the day they were due, that passed without a person."),
        .. SlaMetric.All.SelectMany(IEnumerable<FigureDefinition> (metric) =>
        [
            new(TallyFigure.Met(metric), $"Met: {Words(metric)}",
                $"Clocks of the {Words(metric)} that ended in time, on the day they ended."),
            new(TallyFigure.Warned(metric), $"Warned: {Words(metric)}",
                $"Clocks of the {Words(metric)} of whose target most was used up, on that day."),
            new(TallyFigure.Breached(metric), $"Breached: {Words(metric)}",
                $"Clocks of the {Words(metric)} that expired, on that day; what is late stays late."),
        ]),
    ];

    /// <summary>A figure by its name, or null.</summary>
    public static FigureDefinition? Find(string? name) => All.FirstOrDefault(f => f.Name == name);

    private static FigureDefinition Of(ResolutionState state, string title, string text) =>
        new(TallyFigure.Of(state), title, text);

    private static string Words(string metric) => metric.Replace('_', ' ');
}
