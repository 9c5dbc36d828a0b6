namespace Baton.Triage.Intents;

/// <summary>A text and the intent a person gave it.</summary>
public sealed record IntentExample(string Text, string Label)
{
    /// <summary>The label of texts that no intent covers. Useful in training, never needed.</summary>
    public const string OutOfScope = "oos";

    /// <summary>
    /// Written for another purpose about the same matter, as a question to an article is: the sentence encoder's part
    /// learns from it, it is never held out to judge by, and its intent weighs no more because of it.
    /// </summary>
    public bool IsBorrowed { get; init; }
}
