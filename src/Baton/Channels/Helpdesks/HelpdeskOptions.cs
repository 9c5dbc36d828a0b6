using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Helpdesks;

/// <summary>What every helpdesk is told.</summary>
public abstract record HelpdeskOptions : VendorOptions
{
    /// <summary>
    /// How often it is asked what has changed, for webhooks that were lost. Default 10 minutes; 0: never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromMinutes(10);
}
