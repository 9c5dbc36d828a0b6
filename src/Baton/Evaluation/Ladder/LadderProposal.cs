using System.Globalization;
using Baton.Playbooks;

namespace Baton.Evaluation.Ladder;

/// <summary>Answers of an intent that were sent by automation, and those that people or customers took back.</summary>
internal readonly record struct SentAnswers(int Sent, int Wrong);

/// <summary>A step on the ladder that the evidence speaks for. A person decides.</summary>
/// <param name="Share">Of its conversations.</param>
/// <param name="Why">The evidence, with its interval.</param>
internal sealed record LadderProposal(AutonomyRung Rung, double Share, string Why)
{
    /// <summary>Of the drafts, so many have to be good.</summary>
    public const double Bar = 0.90;

    /// <summary>Below this nobody is helped by drafts either.</summary>
    public const double Useless = 0.50;

    /// <summary>With fewer of them nothing is proposed.</summary>
    public const int Fewest = 20;

    /// <summary>Of its conversations, the share that a first step to <c>auto</c> answers.</summary>
    public const double Soak = 0.25;

    /// <summary>What to propose; null: the intent stays where it is.</summary>
    /// <param name="now">What holds: the lower of the playbook's word and what people set.</param>
    /// <param name="ceiling">The playbook's word.</param>
    public static LadderProposal? Of(
        AutonomyRung now, double share, AutonomyRung ceiling, DraftCounts? drafts, SentAnswers answers)
    {
        if (now == AutonomyRung.Off) return null;
        if (now == AutonomyRung.Auto && Wrong(answers) is { } wrong) return new(AutonomyRung.Draft, 1, wrong);
        if (drafts is null || drafts.All < Fewest) return null;
        var (low, high) = drafts.Interval;
        var why = string.Create(CultureInfo.InvariantCulture,
            $"{drafts.Good} of {drafts.All} drafts were sent unchanged or nearly ({low:P1} to {high:P1}; bar {Bar:P0})");
        if (now == AutonomyRung.Draft)
            return low >= Bar && ceiling == AutonomyRung.Auto ? new(AutonomyRung.Auto, Soak, why)
                : high < Useless ? new(AutonomyRung.Off, 1, why) : null;
        if (high < Bar) return new(AutonomyRung.Draft, 1, why);
        return low >= Bar && share < 1 ? new(AutonomyRung.Auto, 1, why) : null;
    }

    private static string? Wrong(SentAnswers answers)
    {
        if (answers.Sent < Fewest) return null;
        var (low, high) = Interval.Wilson(Math.Min(answers.Wrong, answers.Sent), answers.Sent);
        return low <= 1 - Bar ? null : string.Create(CultureInfo.InvariantCulture,
            $"{answers.Wrong} of {answers.Sent} answers were withdrawn or corrected ({low:P1} to {high:P1}; at most {1 - Bar:P0})");
    }
}
