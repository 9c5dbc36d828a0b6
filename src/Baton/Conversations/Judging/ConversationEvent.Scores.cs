namespace Baton.Conversations;

/// <content>What judges make of decisions on real traffic.</content>
public abstract partial record ConversationEvent
{
    /// <summary>A judge scored a decision that was drawn for it.</summary>
    /// <param name="Score">0 to 1.</param>
    /// <param name="Weight">How many decisions it stands for: 1 / the chance to be drawn.</param>
    public sealed record DecisionScored(int Turn, string Criterion, double Score, double Weight) : ConversationEvent;
}
