namespace Baton.Operations.Links;

/// <summary>Where the world reaches this installation: <c>BATON__PublicUrl</c>.</summary>
/// <param name="Url">Null when it is not set.</param>
internal sealed record PublicAddress(Uri? Url)
{
    /// <summary>
    /// Where links of customers begin; null where there are none: they go over TLS, or stay on this machine.
    /// </summary>
    public Uri? ForCustomers => Url is { Scheme: "https" } or { Scheme: "http", IsLoopback: true } ? Url : null;

    /// <summary>What the setting takes, in words.</summary>
    public const string Use = "scheme and host, such as https://support.example.com";

    /// <summary>The setting as an address; null when it cannot be one.</summary>
    public static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https" or "http", AbsolutePath: "/" }
            ? url
            : null;

    /// <summary>What an operator should know at the start, or null.</summary>
    public string? Notice => Url is not null && ForCustomers is null
        ? $"BATON__PublicUrl is {Url}: customers are sent no links, as they would go in the clear. Give it https."
        : null;
}
