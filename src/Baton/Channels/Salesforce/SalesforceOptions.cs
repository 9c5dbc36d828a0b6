using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Channels.Salesforce;

/// <summary>Cases of Salesforce Service Cloud: <c>BATON__Channels__Salesforce__…</c>.</summary>
public sealed record SalesforceOptions : VendorOptions
{
    /// <summary>The My Domain, such as <c>https://acme.my.salesforce.com</c>. Default none: closed.</summary>
    public override Uri? Url { get; init; }

    /// <summary>Key of the connected app with the client-credentials flow.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its secret.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Custom field of Case, marked as external id and unique, that holds Baton's id of the ticket.</summary>
    public string Field { get; init; } = "Baton_Ticket__c";

    /// <summary>Owners by queue: ids of users or of queues there, <c>billing=00G…</c>.</summary>
    public string Owners { get; init; } = "";

    /// <summary>Status of a case that is done with. Default <c>Closed</c>.</summary>
    public string ClosedStatus { get; init; } = "Closed";

    /// <summary>Routes whose escalations become cases, separated by commas or spaces. Default all.</summary>
    public string Routes { get; init; } = "l1 l2 l3 human_now";

    protected override IEnumerable<ValidationResult> Problems()
    {
        if (Field.Length == 0 || Field.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            yield return new ValidationResult($"is '{Field}', use the API name of a field", [nameof(Field)]);
        if (NameMap.Problem(Owners, id => id.Length is 15 or 18 && id.All(char.IsAsciiLetterOrDigit),
            "an id of 15 or 18 characters")
            is { } owners)
            yield return new ValidationResult(owners, [nameof(Owners)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(SalesforceOptions)} {{ Url = {Url} }}";
}
