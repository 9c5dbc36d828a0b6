using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Slack;

/// <summary>Slack: <c>BATON__Channels__Slack__…</c>.</summary>
public sealed record SlackOptions : IValidatableObject
{
    /// <summary>The API. Default <c>https://slack.com</c>.</summary>
    public Uri Url { get; init; } = new("https://slack.com");

    /// <summary>Bot token of the app, <c>xoxb-…</c>. Default none: closed.</summary>
    public string Token { get; init; } = "";

    /// <summary>Id of the channel that gets notices and handoffs, <c>C…</c>.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Signing secrets of the app, separated by commas or spaces. Each is good.</summary>
    public string Secrets { get; init; } = "";

    /// <summary>
    /// Who may claim by a button: persons of Baton by user of Slack, <c>U024BE7LH=tess</c>. Others are told to use the
    /// inbox.
    /// </summary>
    public string People { get; init; } = "";

    /// <summary>Routes whose escalations are posted, separated by commas or spaces. Default none.</summary>
    public string Routes { get; init; } = "";

    /// <summary>How old a click may be, and how far clocks may differ. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one call may take. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <see cref="Url"/> may lead into your own network, by http too. Default no.</summary>
    public bool AllowPrivate { get; init; }

    internal IReadOnlyList<string> SecretList =>
        Secrets.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Scheme == Uri.UriSchemeHttp && !AllowPrivate)
            yield return new ValidationResult("is http, which anybody on the way can read: use https", [nameof(Url)]);
        if (NameMap.Problem(People, _ => true, "the id of a person") is { } people)
            yield return new ValidationResult(people, [nameof(People)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(SlackOptions)} {{ Channel = {Channel} }}";
}
