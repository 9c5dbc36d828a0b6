using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Baton.Operations.Vendors;

namespace Baton.Customers;

/// <summary>Where customers are looked up.</summary>
public enum DirectorySource
{
    /// <summary>Nowhere: a customer is known when the ticket itself says who it is and which tier.</summary>
    Ticket,
    HubSpot,
    Salesforce,
    Pipedrive,
    Shopify,

    /// <summary>The request that the playbook declares in <c>customers.yaml</c>.</summary>
    Http,
    Csv,
}

/// <summary>How customers are looked up: <c>BATON__Customers__…</c>.</summary>
public sealed partial record CustomersOptions : IValidatableObject
{
    public DirectorySource Source { get; init; } = DirectorySource.Ticket;

    /// <summary>How long a lookup may take; after that it has failed. Default 800 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Failures in a row after which nobody is asked for a while. Default 5.</summary>
    [Range(1, 1_000)]
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long nobody is asked then. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Address of the directory. HubSpot has <c>https://api.hubapi.com</c> and Pipedrive
    /// <c>https://api.pipedrive.com</c> when it is not set; Salesforce wants the My Domain, Shopify the shop.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>Access token: of HubSpot's private app, Pipedrive's user, Shopify's app.</summary>
    public string Token { get; init; } = "";

    /// <summary>Salesforce: key of the connected app.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Salesforce: secret of the connected app.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>
    /// Where the directory says the tier: a property of HubSpot, a field of Salesforce (<c>Account.Type</c>), a place
    /// in Pipedrive's person (<c>custom_fields.4f3a…</c>). Shopify: tiers by the number of orders from which they hold,
    /// <c>plus=3, enterprise=20</c>.
    /// </summary>
    public string Tier { get; init; } = "";

    /// <summary>
    /// What people see in the handoff, by the directory's names: <c>plan=plan_name, since=createdate</c>.
    /// </summary>
    public string Account { get; init; } = "";

    /// <summary>
    /// The CSV file. Columns <c>id</c>, <c>email</c>, <c>tier</c>, <c>recent_tickets</c>; read again when it changes.
    /// </summary>
    public string File { get; init; } = "";

    /// <summary>Whether the address may lead into your own network, by http too. Default no.</summary>
    public bool AllowPrivate { get; init; }

    internal Uri? Address => Url ?? Source switch
    {
        DirectorySource.HubSpot => new Uri("https://api.hubapi.com"),
        DirectorySource.Pipedrive => new Uri("https://api.pipedrive.com"),
        _ => null,
    };

    internal IReadOnlyDictionary<string, string> AccountFields => NameMap.Read(Account);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address?.Scheme == Uri.UriSchemeHttp && !AllowPrivate)
            yield return new ValidationResult("is http, which anybody on the way can read: use https", [nameof(Url)]);
        if (Source is DirectorySource.Salesforce or DirectorySource.Shopify && Url is null)
            yield return new ValidationResult(
                $"is not set, and {Source} needs it: such as https://acme.my.salesforce.com "
                + "or https://acme.myshopify.com", [nameof(Url)]);
        if (Source is DirectorySource.HubSpot or DirectorySource.Pipedrive or DirectorySource.Shopify
            && Token.Length == 0)
            yield return new ValidationResult($"is not set, and {Source} needs it", [nameof(Token)]);
        if (Source == DirectorySource.Salesforce && (ClientId.Length == 0 || ClientSecret.Length == 0))
            yield return new ValidationResult(
                "and ClientSecret are not both set, and Salesforce needs them", [nameof(ClientId)]);
        if (Source is DirectorySource.HubSpot or DirectorySource.Salesforce or DirectorySource.Pipedrive
            or DirectorySource.Shopify && Tier.Length == 0)
            yield return new ValidationResult("is not set: name what says the tier there", [nameof(Tier)]);
        if (Source == DirectorySource.Csv && File.Length == 0)
            yield return new ValidationResult("is not set: name the CSV file", [nameof(File)]);
        if (NameMap.Problem(Account, place => Place().IsMatch(place), "a field's name") is { } account)
            yield return new ValidationResult(account, [nameof(Account)]);
        if (Source == DirectorySource.Shopify
            && NameMap.Problem(Tier, n => int.TryParse(n, out var orders) && orders > 0,
                "a number of orders") is { } from)
            yield return new ValidationResult(from, [nameof(Tier)]);
        if (Source is DirectorySource.HubSpot or DirectorySource.Salesforce or DirectorySource.Pipedrive
            && Tier.Length > 0 && !Place().IsMatch(Tier))
            yield return new ValidationResult($"is '{Tier}', use a field's name", [nameof(Tier)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(CustomersOptions)} {{ Source = {Source}, Url = {Url} }}";

    /// <summary>Names are put into addresses and queries: nothing else may be in them.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+){0,9}\z")]
    private static partial Regex Place();
}
