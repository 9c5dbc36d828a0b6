using Baton.Operations.Vendors;

namespace Baton.Channels.Teams;

/// <summary>Microsoft Teams: <c>BATON__Channels__Teams__…</c>.</summary>
public sealed record TeamsOptions : VendorOptions
{
    /// <summary>
    /// Address of a workflow with the trigger "When a Teams webhook request is received". It holds its own signature:
    /// keep it as a secret. Default none: closed.
    /// </summary>
    public override Uri? Url { get; init; }

    /// <summary>Without the address, which is the secret: options end up in logs.</summary>
    public override string ToString() => $"{nameof(TeamsOptions)} {{ Host = {Url?.Host} }}";
}
