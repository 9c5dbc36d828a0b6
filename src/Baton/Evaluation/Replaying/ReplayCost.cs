using Baton.Decisions.Replaying;
using Baton.Playbooks;

namespace Baton.Evaluation.Replaying;

/// <summary>
/// What a decision is expected to cost by the playbook's <c>costs</c>: by what people made of it where they said so,
/// else by how probably the articles answer it.
/// </summary>
internal static class ReplayCost
{
    /// <param name="probability">That the articles' reply is right; null where they were not asked.</param>
    public static double Of(ReplayedVerdict verdict, ReplayTruth truth, double? probability, DecisionCosts costs)
    {
        if (verdict.Route is Route.Ask or null) return 0;
        if (verdict.Route == Route.Auto)
            return truth.PersonDue == true ? (double)costs.MishandledEscalation
                : (1 - Right(truth, verdict.FromArticles
                    ? probability ?? verdict.Confidence : 1)) * (double)costs.WrongAnswer;
        // Where people worked on it is where it belongs; elsewhere it is moved, or waits for the wrong ones.
        if (truth.Queue is { } queue && verdict.Queue != queue) return (double)costs.MishandledEscalation;
        return truth.PersonDue == true ? 0 : Right(truth, probability) * (double)costs.NeedlessContact;
    }

    private static double Right(ReplayTruth truth, double? probability) =>
        truth.Right is { } right ? (right ? 1 : 0) : probability ?? 0;
}
