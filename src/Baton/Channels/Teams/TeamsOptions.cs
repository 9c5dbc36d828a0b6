using System.ComponentModel.DataAnnotations;

namespace Baton.Channels.Teams;

/// <summary>Microsoft Teams: <c>BATON__Channels__Teams__…</c>.</summary>
public sealed record TeamsOptions : IValidatableObject
{
    /// <summary>
    /// Address of a workflow with the trigger "When a Teams webhook request is received". It holds its own signature:
    /// keep it as a secret. Default none: closed.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>How long one call may take. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <see cref="Url"/> may lead into your own network, by http too. Default no.</summary>
    public bool AllowPrivate { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url?.Scheme == Uri.UriSchemeHttp && !AllowPrivate)
            yield return new ValidationResult("is http, which anybody on the way can read: use https", [nameof(Url)]);
    }

    /// <summary>Without the address, which is the secret: options end up in logs.</summary>
    public override string ToString() => $"{nameof(TeamsOptions)} {{ Host = {Url?.Host} }}";
}
