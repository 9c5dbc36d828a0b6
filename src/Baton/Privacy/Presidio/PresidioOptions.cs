using System.ComponentModel.DataAnnotations;

namespace Baton.Privacy.Presidio;

/// <summary>How a Presidio analyzer is reached.</summary>
public sealed record PresidioOptions : IValidatableObject
{
    /// <summary>
    /// Address of the analyzer, for example <c>http://presidio:3000/</c>. Default none: only local findings.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>ISO 639-1 language of the texts. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Findings below this score (0–1) are not asked for. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double ScoreThreshold { get; init; } = 0.5;

    /// <summary>How long one request may take. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a failure the service is left alone for so long. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseAfterFailure { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longer texts (UTF-16 units) are not sent. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxCharacters { get; init; } = 100_000;

    /// <summary>Bytes of an answer that are read at most. Default 4,000,000.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxResponseBytes { get; init; } = 4_000_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Language is not [>= 'a' and <= 'z', >= 'a' and <= 'z'])
            yield return new ValidationResult($"is '{Language}', use an ISO 639-1 code such as en", [nameof(Language)]);
    }
}
