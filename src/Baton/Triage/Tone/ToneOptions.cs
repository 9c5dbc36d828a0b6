namespace Baton.Triage.Tone;

/// <summary>Limits of reading tone.</summary>
public sealed record ToneOptions
{
    /// <summary>
    /// How many characters of a message are read; default 20,000. What comes after says no more about tone.
    /// </summary>
    public int MaxCharacters { get; init; } = 20_000;

    /// <summary>How many signals a reading keeps; default 12.</summary>
    public int MaxSignals { get; init; } = 12;
}
