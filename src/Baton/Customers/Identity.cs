namespace Baton.Customers;

/// <summary>
/// Who writes, and how far that is known. Names and addresses are kept with the messages; this record lives for the
/// length of a call.
/// </summary>
public abstract record Identity
{
    private Identity(string? customerId, string? email) => (CustomerId, Email) = (Blank(customerId), Blank(email));

    /// <summary>Nobody in particular.</summary>
    public static Identity Unknown { get; } = new Claimed(null, null);

    /// <summary>The customer's id in the business, or null.</summary>
    public string? CustomerId { get; }

    /// <summary>E-mail address, or null.</summary>
    public string? Email { get; }

    /// <summary>Which address is theirs has been said: to ask for it again would be a second guess.</summary>
    public bool HasStated => Email is not null || this is Answered;

    /// <summary>What a sender says of itself: enough to talk, not enough to be shown what is somebody's.</summary>
    public sealed record Claimed(string? CustomerId, string? Email) : Identity(CustomerId, Email);

    /// <summary>The claimed address is the one that stands on the thing asked about.</summary>
    public sealed record Matched(string? CustomerId, string Email) : Identity(CustomerId, Email);

    /// <summary>The channel has checked who it is: a log-in, a signed token.</summary>
    public sealed record Verified(string? CustomerId, string? Email) : Identity(CustomerId, Email);

    /// <summary>A claim, and what was answered to the <see cref="VerifyingQuestion"/>, before or after it.</summary>
    public sealed record Answered(string? CustomerId, string? Email, string Answer) : Identity(CustomerId, Email);

    /// <summary>Who this is in the eyes of a thing that belongs to <paramref name="owner"/>.</summary>
    /// <param name="owner">E-mail address or customer id that stands on it; null or empty when none does.</param>
    public OwnerView Towards(string? owner)
    {
        if (string.IsNullOrWhiteSpace(owner)) return new OwnerView.Stranger();
        var email = Email is not null && string.Equals(Email, owner.Trim(), StringComparison.OrdinalIgnoreCase);
        return this switch
        {
            Verified => email || CustomerId == owner.Trim() ? new OwnerView.Owner(this) : new OwnerView.SomebodyElse(),
            // An id is no secret; an address that fits the order is as much as a shop's own mail form asks for.
            _ when email => new OwnerView.Owner(new Matched(CustomerId, Email!)),
            Answered { Answer: var answer } when VerifyingQuestion.Fits(answer, owner) =>
                new OwnerView.Owner(new Verified(CustomerId, owner)),
            _ => new OwnerView.Stranger(),
        };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>How somebody stands to a thing that belongs to somebody.</summary>
public abstract record OwnerView
{
    private OwnerView() { }

    /// <summary>It is theirs.</summary>
    public sealed record Owner(Identity Identity) : OwnerView;

    /// <summary>Nobody knows whether it is theirs: they named it, no more.</summary>
    public sealed record Stranger : OwnerView;

    /// <summary>It is known to be another's: nothing is shown, and a person looks at it.</summary>
    public sealed record SomebodyElse : OwnerView;
}
