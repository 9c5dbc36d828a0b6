using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Slack;

/// <summary>Slack: <c>BATON__Channels__Slack__…</c>.</summary>
public sealed record SlackOptions : VendorOptions
{
    /// <summary>The API. Default <c>https://slack.com</c>.</summary>
    public override Uri? Url { get; init; } = new("https://slack.com");

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

    internal IReadOnlyList<string> SecretList => Words(Secrets);

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (NameMap.Problem(People, _ => true, "the id of a person") is { } people)
            yield return new ValidationResult(people, [nameof(People)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(SlackOptions)} {{ Channel = {Channel} }}";
}
