using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.HubSpot;

/// <summary>Tickets of HubSpot: <c>BATON__Channels__HubSpot__…</c>.</summary>
public sealed record HubSpotOptions : VendorOptions
{
    /// <summary>The API. Default <c>https://api.hubapi.com</c>.</summary>
    public override Uri? Url { get; init; } = new("https://api.hubapi.com");

    /// <summary>Access token of a private app. Default none: closed.</summary>
    public string Token { get; init; } = "";

    /// <summary>Property of tickets that holds Baton's id, made with unique values.</summary>
    public string Property { get; init; } = "baton_ticket";

    /// <summary>Pipeline of new tickets. Default <c>0</c>, the one that is there.</summary>
    public string Pipeline { get; init; } = "0";

    /// <summary>Stage of tickets that wait for people. Default <c>1</c>.</summary>
    public string Stage { get; init; } = "1";

    /// <summary>Stage of tickets that are done with. Default <c>4</c>.</summary>
    public string ClosedStage { get; init; } = "4";

    /// <summary>Owners by queue: <c>billing=123456</c>.</summary>
    public string Owners { get; init; } = "";

    /// <summary>Routes whose escalations become tickets, separated by commas or spaces. Default all.</summary>
    public string Routes { get; init; } = "l1 l2 l3 human_now";

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (NameMap.Problem(Owners, id => id.All(char.IsAsciiDigit), "the number of an owner") is { } owners)
            yield return new ValidationResult(owners, [nameof(Owners)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(HubSpotOptions)} {{ Url = {Url} }}";
}
