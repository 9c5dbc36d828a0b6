namespace Baton.Playbooks;

/// <summary>
/// What a wrong decision costs, in one currency: the ground on which thresholds are chosen and runs are compared.
/// </summary>
public sealed record Costs
{
    /// <summary>
    /// A wrong answer from an article: a customer writes again, or leaves. 21.40 makes 0.87 the probability at which
    /// answering and not answering cost the same. 0 to 1,000,000.
    /// </summary>
    public decimal WrongAnswer { get; init; } = 21.40m;

    /// <summary>A person reads what an article would have answered. 0 to 1,000,000.</summary>
    public decimal NeedlessContact { get; init; } = 3.20m;

    /// <summary>A machine answers what a person was due for. 0 to 1,000,000.</summary>
    public decimal MishandledEscalation { get; init; } = 240m;
}
