namespace Baton.Triage.Intents;

/// <summary>A text and the intent a person gave it.</summary>
public sealed record IntentExample(string Text, string Label)
{
    /// <summary>The label of texts that no intent covers. Useful in training, never needed.</summary>
    public const string OutOfScope = "oos";
}
