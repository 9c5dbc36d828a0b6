using Baton.Conversations.Tallies;
using Baton.Playbooks;

namespace Baton.Insights.Board;

/// <summary>What deciding cost in a period, in dollars.</summary>
/// <param name="PerAnswer">Cost of the decisions that answered, for each; null: none did.</param>
/// <param name="PerResolved">Everything that was spent, for each resolved ticket; null: none is.</param>
/// <param name="OnHandedOver">Spent on decisions that then went to a person.</param>
internal sealed record Economics(
    Usd Spent, Usd? PerAnswer, Usd? PerResolved, Usd OnHandedOver, long Answers, long Resolved)
{
    /// <summary>What a ticket that a person answers costs, for comparison; dollars.</summary>
    public const decimal PersonUsd = 3.20m;

    private const decimal Micros = 1_000_000;

    /// <summary>States in which a ticket counts as resolved.</summary>
    public static readonly IReadOnlyList<ResolutionState> ResolvedStates =
        [ResolutionState.Assumed, ResolutionState.Confirmed, ResolutionState.Verified];

    /// <summary>Null: nothing was spent.</summary>
    public double? LostShare => Spent.Amount > 0 ? (double)(OnHandedOver.Amount / Spent.Amount) : null;

    public static Economics Of(Overview overview)
    {
        var (spent, answered) = (overview.Totals.GetValueOrDefault(TallyFigure.Decision),
            overview.Totals.GetValueOrDefault(TallyFigure.Answered));
        var resolved = ResolvedStates.Sum(state => overview.Count(TallyFigure.Of(state)));
        return new Economics(
            Dollars(spent.Amount), Each(answered.Amount, answered.N), Each(spent.Amount, resolved),
            Dollars(overview.Totals.GetValueOrDefault(TallyFigure.HandedOver).Amount), answered.N, resolved);
    }

    private static Usd Dollars(long micros) => new(micros / Micros);

    private static Usd? Each(long micros, long n) => n > 0 ? new Usd(micros / Micros / n) : null;
}
