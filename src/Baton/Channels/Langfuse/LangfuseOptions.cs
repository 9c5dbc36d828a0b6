using Baton.Operations.Vendors;

namespace Baton.Channels.Langfuse;

/// <summary>Langfuse: <c>BATON__Channels__Langfuse__…</c>. Traces go there over OTLP, scores by this.</summary>
public sealed record LangfuseOptions : VendorOptions
{
    /// <summary>Where it is. Default the European cloud.</summary>
    public override Uri? Url { get; init; } = new("https://cloud.langfuse.com");

    /// <summary>Public key of the project. Default none: no scores are sent.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>Secret key of the project.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Without the keys: options end up in logs.</summary>
    public override string ToString() => $"{nameof(LangfuseOptions)} {{ Host = {Url?.Host} }}";
}
