using System.ComponentModel.DataAnnotations;

namespace Baton.Channels.Linear;

/// <summary>Linear: <c>BATON__Channels__Linear__…</c>.</summary>
public sealed record LinearOptions : IValidatableObject
{
    /// <summary>The API. Default <c>https://api.linear.app</c>.</summary>
    public Uri Url { get; init; } = new("https://api.linear.app");

    /// <summary>Personal API key. Default none: closed.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Id of the team that gets the issues.</summary>
    public string TeamId { get; init; } = "";

    /// <summary>Ids of labels of every issue, separated by commas or spaces.</summary>
    public string Labels { get; init; } = "";

    /// <summary>Routes whose escalations become issues, separated by commas or spaces. Default <c>l3</c>.</summary>
    public string Routes { get; init; } = "l3";

    /// <summary>How long one call may take. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <see cref="Url"/> may lead into your own network, by http too. Default no.</summary>
    public bool AllowPrivate { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Scheme == Uri.UriSchemeHttp && !AllowPrivate)
            yield return new ValidationResult("is http, which anybody on the way can read: use https", [nameof(Url)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(LinearOptions)} {{ TeamId = {TeamId} }}";
}
