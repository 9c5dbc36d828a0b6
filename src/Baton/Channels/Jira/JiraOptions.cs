using Baton.Operations.Vendors;

namespace Baton.Channels.Jira;

/// <summary>Jira Cloud: <c>BATON__Channels__Jira__…</c>.</summary>
public sealed record JiraOptions : VendorOptions
{
    /// <summary>The site, such as <c>https://acme.atlassian.net</c>. Default none: closed.</summary>
    public override Uri? Url { get; init; }

    /// <summary>E-mail address of the user that the token is of.</summary>
    public string Email { get; init; } = "";

    /// <summary>API token.</summary>
    public string Token { get; init; } = "";

    /// <summary>Key of the project that gets the issues.</summary>
    public string Project { get; init; } = "";

    /// <summary>Name of the issue type. Default <c>Bug</c>.</summary>
    public string IssueType { get; init; } = "Bug";

    /// <summary>
    /// Whether the project's issues have a priority on the screen where they are created. Default yes.
    /// </summary>
    public bool Priority { get; init; } = true;

    /// <summary>Routes whose escalations become issues, separated by commas or spaces. Default <c>l3</c>.</summary>
    public string Routes { get; init; } = "l3";

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(JiraOptions)} {{ Url = {Url}, Project = {Project} }}";
}
