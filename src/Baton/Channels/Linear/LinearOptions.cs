using Baton.Operations.Vendors;

namespace Baton.Channels.Linear;

/// <summary>Linear: <c>BATON__Channels__Linear__…</c>.</summary>
public sealed record LinearOptions : VendorOptions
{
    /// <summary>The API. Default <c>https://api.linear.app</c>.</summary>
    public override Uri? Url { get; init; } = new("https://api.linear.app");

    /// <summary>Personal API key. Default none: closed.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Id of the team that gets the issues.</summary>
    public string TeamId { get; init; } = "";

    /// <summary>Ids of labels of every issue, separated by commas or spaces.</summary>
    public string Labels { get; init; } = "";

    /// <summary>Routes whose escalations become issues, separated by commas or spaces. Default <c>l3</c>.</summary>
    public string Routes { get; init; } = "l3";

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(LinearOptions)} {{ TeamId = {TeamId} }}";
}
