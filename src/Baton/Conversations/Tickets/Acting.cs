using System.Security.Claims;

namespace Baton.Conversations.Tickets;

/// <summary>Who acts on a ticket, and what they saw of it.</summary>
/// <param name="By">Id of a person, name of a key, or what a host of one's own calls its caller.</param>
internal sealed record Acting(string By)
{
    /// <summary>Claim that holds the id of a person who signed in.</summary>
    public const string PersonClaim = "person";

    /// <summary>Claims that hold what a caller may do.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>Version of the ticket that was seen; null acts on whatever is there.</summary>
    public long? Seen { get; init; }

    /// <summary>Whether also on tickets that somebody else has claimed.</summary>
    public bool OnOthers { get; init; } = true;

    public static implicit operator Acting(string by) => new(by);

    /// <summary>Who calls, for the record; null when the host does not know its caller.</summary>
    public static string? Of(ClaimsPrincipal caller) =>
        caller.FindFirst(PersonClaim)?.Value ?? caller.Identity?.Name;

    /// <summary>
    /// A caller acts as itself: whom it names besides stands behind it, and never in its place. Null: nobody is named.
    /// </summary>
    public static string? Name(string? caller, string? said) =>
        string.IsNullOrWhiteSpace(said) || said == caller ? caller
        : caller is null ? said
        : $"{caller} for {said}";
}
