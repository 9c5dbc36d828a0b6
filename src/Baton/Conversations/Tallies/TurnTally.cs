using Baton.Playbooks;

namespace Baton.Conversations.Tallies;

/// <summary>What is known of one decision for counting it.</summary>
/// <param name="CostMicros">Millionths of a dollar.</param>
public sealed record TurnTally(int Turn, long Day, TallyCuts Cuts, long CostMicros)
{
    /// <summary>Whether it was under the confidence floor.</summary>
    public bool NeedsReview { get; init; }

    /// <summary>Whether a person got it.</summary>
    public bool IsHandedOver { get; init; }

    /// <summary>Whether it counts as overridden.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>Whether a person said that none was needed.</summary>
    public bool IsUnneeded { get; init; }

    /// <summary>Who has reviewed it, or null.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>The route that the reviewer would have taken; null: this one.</summary>
    public Route? ShouldHaveBeen { get; init; }

    /// <summary>Something that counts about it.</summary>
    public TallyFact Fact(string figure, long amount = 0, int step = 0) => new(figure, Day, Cuts, amount, step, Turn);
}
