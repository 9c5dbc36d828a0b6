using Baton.Playbooks;

namespace Baton.Conversations.Tallies;

/// <summary>
/// Names of what is counted. They are stored: a name does not change. Definitions are in <c>docs/insights.md</c>.
/// </summary>
public static class TallyFigure
{
    /// <summary>Tickets, on the day they began.</summary>
    public const string Ticket = "ticket";

    /// <summary>Turns in which Baton decided, on their day; the amount is their cost.</summary>
    public const string Decision = "decision";

    /// <summary>The same by steps of their latency; made when decisions are added up, and in no fact.</summary>
    public const string Latency = "latency";

    /// <summary>Decisions under the confidence floor.</summary>
    public const string LowConfidence = "low_confidence";

    /// <summary>Those of them that wait for a person's review.</summary>
    public const string ToReview = "to_review";

    /// <summary>Decisions that answered; the amount is their cost.</summary>
    public const string Answered = "answered";

    /// <summary>Decisions that handed over to a person; the amount is their cost, the step the hour in UTC.</summary>
    public const string HandedOver = "handed_over";

    /// <summary>The same by queue and hour; made when they are added up, and in no fact.</summary>
    public const string Arrival = "arrival";

    /// <summary>Tickets that were handed over at least once, on the day they began.</summary>
    public const string Escalated = "escalated";

    /// <summary>Decisions that a person has had before the eyes: handed over, or reviewed.</summary>
    public const string Judged = "judged";

    /// <summary>Judged decisions that a person corrected.</summary>
    public const string Overridden = "overridden";

    /// <summary>Decisions that were handed over and of which a person says that none was needed.</summary>
    public const string Unneeded = "unneeded";

    public const string Reviewed = "reviewed";

    /// <summary>Reviewed decisions that the reviewer would have made as well.</summary>
    public const string Agreed = "agreed";

    /// <summary>Ratings that stand, on the day they were given; the amount is the stars.</summary>
    public const string Rated = "rated";

    /// <summary>Ratings of four or five.</summary>
    public const string Satisfied = "satisfied";

    /// <summary>Tool calls that were denied although no policy of every day says no: somebody's attempt, or a
    /// bug.</summary>
    public const string Denied = "denied";

    /// <summary>Calls of tools that did not work.</summary>
    public const string ToolFailed = "tool_failed";

    /// <summary>Times that another model than the first one answered.</summary>
    public const string FellBack = "fell_back";

    /// <summary>Stages that failed.</summary>
    public const string StageFailed = "stage_failed";

    /// <summary>Decisions of which a stronger model was asked as well.</summary>
    public const string SecondOpinion = "second_opinion";

    /// <summary>Those of them for which it would have taken another route.</summary>
    public const string SecondDiffers = "second_differs";

    /// <summary>Answers of automation that a reviewer or the customer calls bad.</summary>
    public const string WrongAnswer = "wrong_answer";

    public const string PromiseKept = "promise_kept";

    public const string PromiseBroken = "promise_broken";

    /// <summary>Clocks of a metric that were met.</summary>
    public static string Met(string metric) => "sla_met:" + metric;

    /// <summary>Clocks of a metric of whose target most is used up.</summary>
    public static string Warned(string metric) => "sla_warned:" + metric;

    /// <summary>Clocks of a metric that expired.</summary>
    public static string Breached(string metric) => "sla_breached:" + metric;

    /// <summary>Decisions that a judge scored by a criterion; the amount is the score, in millionths.</summary>
    public static string Scored(string criterion) => "scored:" + criterion;

    /// <summary>The same, the amount being the score times how many decisions it stands for.</summary>
    public static string ScoredSum(string criterion) => "scored_sum:" + criterion;

    /// <summary>The same, the amount being how many decisions it stands for.</summary>
    public static string ScoredWeight(string criterion) => "scored_weight:" + criterion;

    /// <summary>The same, the amount being the square of that: how uneven the draw was.</summary>
    public static string ScoredSquares(string criterion) => "scored_squares:" + criterion;

    /// <summary>The same, the amount being that square times the score.</summary>
    public static string ScoredSquareSum(string criterion) => "scored_square_sum:" + criterion;

    /// <summary>Tickets in a state of their resolution, on the day of the answer.</summary>
    public static string Of(ResolutionState resolution) => EnumWords.Of(resolution);
}
