using Baton.Evaluation.Sequential;

namespace Baton.Evaluation.Production;

/// <summary>Scores of one week.</summary>
/// <param name="N">How many; of unequal draws, how many equal ones would say as much.</param>
/// <param name="Bad">Of them, the sum of what is missing to 1.</param>
internal readonly record struct ScoredWeek(DateOnly Monday, int N, double Bad)
{
    /// <summary>A share that more of the doubtful are drawn for does not fall when yet more of them are.</summary>
    public static ScoredWeek Of(DateOnly monday, WeighedShare share) =>
        new(monday, (int)Math.Round(share.Effective), (1 - share.Value) * share.Effective);
}

/// <summary>
/// Whether scores have fallen, looked at once a week, when it is over, against the first eight weeks: the evidence of
/// each week is added up from the last week on at which nothing spoke for a fall (an e-detector; Shin, Ramdas and
/// Rinaldo 2022). How often that takes nothing for a fall is simulated: <c>docs/evaluation.md</c>.
/// </summary>
internal static class FallDetector
{
    /// <summary>Weeks that later ones are held against.</summary>
    public const int Weeks = 8;

    /// <summary>ln of the evidence that is an alarm.</summary>
    public static readonly double Bar = Math.Log(100);

    /// <summary>Weeks with an alarm; none before there is something to hold them against.</summary>
    public static IReadOnlyList<ScoredWeek> Alarms(IReadOnlyList<ScoredWeek> weeks)
    {
        var scored = weeks.Where(w => w.N > 0).OrderBy(w => w.Monday).ToList();
        var first = scored.Take(Weeks).ToList();
        var (n, bad) = (first.Sum(w => w.N), (long)Math.Round(first.Sum(w => w.Bad)));
        var (alarms, evidence) = (new List<ScoredWeek>(), 0.0);
        foreach (var week in scored.Skip(Weeks))
        {
            evidence = Math.Max(0, evidence) + RateEvidence.MoreOften(
                [new ArmCounts((double)week.N / (week.N + n), (long)Math.Round(week.Bad), bad)]);
            if (evidence < Bar) continue;
            alarms.Add(week);
            evidence = 0;
        }
        return alarms;
    }
}
