using Baton.Operations.Vendors;

namespace Baton.Channels.PagerDuty;

/// <summary>PagerDuty, and services that take its Events API v2: <c>BATON__Channels__PagerDuty__…</c>.</summary>
public sealed record PagerDutyOptions : VendorOptions
{
    /// <summary>Where events go. Default PagerDuty's own address.</summary>
    public override Uri? Url { get; init; } = new("https://events.pagerduty.com");

    /// <summary>Integration key of the service that is paged. Default none: closed.</summary>
    public string RoutingKey { get; init; } = "";

    /// <summary>What the pages say they come from. Default <c>baton</c>.</summary>
    public string Source { get; init; } = "baton";

    /// <summary>Without the key, which is a secret: options end up in logs.</summary>
    public override string ToString() => $"{nameof(PagerDutyOptions)} {{ Host = {Url?.Host} }}";
}
