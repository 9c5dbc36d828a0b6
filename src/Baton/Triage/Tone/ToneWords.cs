namespace Baton.Triage.Tone;

/// <summary>The closed set of words for a mood, from worst to best.</summary>
public static class ToneWords
{
    public const string Furious = "furious";
    public const string Angry = "angry";
    public const string Frustrated = "frustrated";
    public const string Disappointed = "disappointed";
    public const string Worried = "worried";
    public const string Confused = "confused";
    public const string Neutral = "neutral";
    public const string Polite = "polite";
    public const string Grateful = "grateful";
    public const string Happy = "happy";

    /// <summary>Every word, from worst to best.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Furious, Angry, Frustrated, Disappointed, Worried, Confused, Neutral, Polite, Grateful, Happy];
}
