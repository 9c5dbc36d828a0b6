namespace Baton.Operations.Vendors;

/// <summary>How a vendor's API is called: what its settings say, and what its answers mean.</summary>
internal sealed record VendorAccess
{
    /// <summary>Beginning of its settings, for messages: <c>BATON__Channels__Zendesk__</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>Where its API is; null: nothing is set, and nobody calls.</summary>
    public required Uri? Url { get; init; }

    public required bool AllowPrivate { get; init; }

    /// <summary>How long one call may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Puts the credentials on a request.</summary>
    public required Action<HttpRequestMessage> Sign { get; init; }

    /// <summary>
    /// What an answer means in this vendor's words: null leaves it to its status. Asked for every answer, because some
    /// say in a 200 that they have failed.
    /// </summary>
    public Func<VendorReply, VendorFailure?> Judge { get; init; } = _ => null;

    /// <summary>How long nobody should call, when the headers say that no call is left; else null.</summary>
    public Func<VendorReply, TimeSpan?> Exhausted { get; init; } = _ => null;
}

/// <summary>What a vendor refused, or could not do.</summary>
/// <param name="Why">For people: the status, and the vendor's own word where it gave one.</param>
/// <param name="MayPass">Whether another attempt may help.</param>
/// <param name="After">When the vendor said so.</param>
/// <param name="Status">Null when there was no answer.</param>
internal sealed record VendorFailure(string Why, bool MayPass, TimeSpan? After = null, int? Status = null);

/// <summary>What came of a call.</summary>
internal abstract record VendorAnswer
{
    private VendorAnswer() { }

    /// <param name="Reply">A 2xx.</param>
    public sealed record Done(VendorReply Reply) : VendorAnswer;

    public sealed record Failed(VendorFailure Failure) : VendorAnswer;
}
