namespace Baton.Testing.Vendors;

/// <summary>What goes wrong with a request to a stand-in.</summary>
public sealed record VendorFault
{
    /// <summary>Which requests; by default every one.</summary>
    public Func<VendorRequest, bool> When { get; init; } = _ => true;

    /// <summary>How often; by default once.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Answers with this instead; null does what was asked.</summary>
    public VendorResponse? Answer { get; init; }

    /// <summary>
    /// Cuts the connection instead of an answer; what was asked is done before, where no answer is set.
    /// </summary>
    public bool Cuts { get; init; }

    /// <summary>Cuts the connection before anything is done.</summary>
    public bool CutsBefore { get; init; }

    /// <summary>Keeps the answer back until this is done.</summary>
    public Task? Until { get; init; }
}

/// <summary>A request as it came over the wire.</summary>
/// <param name="Query">By name; without the question mark.</param>
/// <param name="Headers">Names in any case.</param>
public sealed record VendorRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers,
    string Body);

/// <summary>What a stand-in says.</summary>
public sealed record VendorResponse(int Status, string Body = "")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string ContentType { get; init; } = "application/json; charset=utf-8";
}
