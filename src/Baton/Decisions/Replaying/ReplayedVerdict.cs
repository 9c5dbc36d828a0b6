using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Decisions.Replaying;

/// <summary>What a recorded decision would have been under another playbook.</summary>
/// <param name="Route">Null where the ledger does not hold what it would have taken.</param>
/// <param name="DecidedBy">The rule, the trigger or the step that decides.</param>
/// <param name="Queue">Queue that the policy names; null for what goes to nobody.</param>
internal sealed record ReplayedVerdict(
    Route? Route, Priority Priority, string? Queue, double Confidence, string DecidedBy)
{
    /// <summary>What the ledger lacks; null where nothing does.</summary>
    public string? Unknown { get; init; }

    /// <summary>How probably the articles answer it; null where they were not asked.</summary>
    public double? AnswerProbability { get; init; }

    /// <summary>Whether the articles are what would be sent: what tools say is sure by itself.</summary>
    public bool FromArticles { get; init; }

    /// <summary>Whether the local tier had to read the message or the articles again.</summary>
    public bool ReadAgain { get; init; }

    /// <summary>Nobody can say what it would have come to.</summary>
    public static ReplayedVerdict Lacking(string what) => new(null, default, null, 0, "") { Unknown = what };

    /// <summary>The decision as it was.</summary>
    public static ReplayedVerdict As(RecordedTurn recorded) => new(
        recorded.Made.Route, recorded.Made.Priority, recorded.Queue, recorded.Made.Confidence, recorded.DecidedBy)
    {
        AnswerProbability = recorded.Made.AnswerProbability,
        FromArticles = recorded.After.Any(f => f is ConversationEvent.ReplySent { Source: "article" }),
    };

    /// <summary>Whether anybody would notice: route, queue or priority.</summary>
    public bool SameAs(ReplayedVerdict other) =>
        Route == other.Route && Priority == other.Priority && Queue == other.Queue;
}
