namespace Baton.Text.Languages;

/// <summary>The language a text is mostly written in.</summary>
/// <param name="Code">ISO 639-1, such as <c>en</c>; <c>und</c> when the text does not tell.</param>
/// <param name="Confidence">From 0 to 1; 0 with <c>und</c>.</param>
public readonly record struct DetectedLanguage(string Code, double Confidence)
{
    /// <summary>Too short, or no letters, or nothing that tells languages apart.</summary>
    public static DetectedLanguage Undetermined { get; } = new("und", 0);

    /// <summary>True when a language was found.</summary>
    public bool IsKnown => Code != "und";
}
