using Baton.Playbooks;

namespace Baton.Conversations.Tallies;

/// <summary>One thing that is counted about a ticket.</summary>
/// <param name="Figure">A name of <see cref="TallyFigure"/>.</param>
/// <param name="Day">Days since 1970 in UTC: the day that it counts for.</param>
/// <param name="Amount">Millionths of a dollar, or stars, where the figure has an amount.</param>
/// <param name="Step">Step of a latency, see <see cref="LatencyStep"/>, or hour of the day of an arrival; else
/// 0.</param>
/// <param name="Turn">The decision it is about; 0: the ticket.</param>
public sealed record TallyFact(
    string Figure, long Day, TallyCuts Cuts, long Amount = 0, int Step = 0, int Turn = 0);

/// <summary>A fact that counts from now on, or no longer.</summary>
/// <param name="Sign">1 or -1.</param>
public readonly record struct TallyChange(TallyFact Fact, int Sign);

/// <summary>What figures are cut by; null where it does not apply.</summary>
/// <param name="Rule">The rule that was matched first.</param>
/// <param name="Tier">Tier of the last model that was asked in the turn, or <c>local</c>.</param>
/// <param name="Person">Id of a person.</param>
public sealed record TallyCuts(
    Route? Route = null, string? Intent = null, string? Queue = null, string? Rule = null, string? Tier = null,
    string? Model = null, string? Person = null)
{
    /// <summary>Tier of turns in which no model was asked.</summary>
    public const string LocalTier = "local";

    public static TallyCuts None { get; } = new();
}
