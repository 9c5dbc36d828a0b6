using System.ComponentModel.DataAnnotations;

namespace Baton.Operations.Vendors;

/// <summary>What every system that is called over HTTP is told: where it is, and how far we go to reach it.</summary>
public abstract record VendorOptions : IValidatableObject
{
    /// <summary>Where it is.</summary>
    public abstract Uri? Url { get; init; }

    /// <summary>How long one call may take. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <see cref="Url"/> may lead into your own network, by http too. Default no.</summary>
    public bool AllowPrivate { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url?.Scheme == Uri.UriSchemeHttp && !AllowPrivate)
            yield return new ValidationResult(
                "is http, which anybody on the way can read: use https, or set AllowPrivate to true for a server in "
                + "your own network", [nameof(Url)]);
        foreach (var problem in Problems()) yield return problem;
    }

    /// <summary>What else cannot be used.</summary>
    protected virtual IEnumerable<ValidationResult> Problems() => [];

    /// <summary>Words of a setting that holds several, separated by commas or spaces.</summary>
    protected static IReadOnlyList<string> Words(string setting) =>
        setting.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
