namespace Baton.Decisions.Local;

/// <summary>What the local tier may use, settings <c>BATON__Local__…</c>.</summary>
public sealed record LocalOptions
{
    /// <summary>The sentence encoder. Default: the one that the build put beside the program.</summary>
    public EncoderChoice Encoder { get; set; } = EncoderChoice.MiniLm;

    /// <summary>
    /// Model of <c>models.yaml</c> that makes vectors instead of the encoder. Default: none. With it every message goes
    /// to that model's provider, redacted.
    /// </summary>
    public string? EmbeddingModel { get; set; }
}

/// <summary>Which sentence encoder decides with.</summary>
public enum EncoderChoice
{
    /// <summary>all-MiniLM-L6-v2, made by the build, in the folder <c>encoder</c> beside the program.</summary>
    MiniLm,

    /// <summary>None: the n-gram models alone, which answer less.</summary>
    None,
}
