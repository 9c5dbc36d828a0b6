namespace Baton.Privacy.Presidio;

/// <summary>How a Presidio analyzer is reached.</summary>
public sealed record PresidioOptions
{
    /// <summary>Address of the analyzer, for example <c>http://presidio:3000/</c>. Default none: only local findings.</summary>
    public Uri? Address { get; init; }

    /// <summary>ISO 639-1 language of the texts. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Findings below this score (0–1) are not asked for. Default 0.5.</summary>
    public double ScoreThreshold { get; init; } = 0.5;

    /// <summary>How long one request may take. Default 2 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a failure the service is left alone for so long. Default 30 seconds.</summary>
    public TimeSpan PauseAfterFailure { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longer texts (UTF-16 units) are not sent. Default 100,000.</summary>
    public int MaxCharacters { get; init; } = 100_000;

    /// <summary>Bytes of an answer that are read at most. Default 4,000,000.</summary>
    public int MaxResponseBytes { get; init; } = 4_000_000;
}
