using System.Globalization;
using System.Security.Claims;
using Baton.Conversations.Tickets;
using Baton.Operations;
using Baton.People;
using Baton.Playbooks;

namespace Baton.Server.Api;

/// <summary>The caller that a key or a session stands for.</summary>
internal static class Callers
{
    private const string Key = "key", Scope = Acting.ScopeClaim, SessionOf = "session";

    /// <param name="session">Id of the console's session; null for programs.</param>
    public static ClaimsPrincipal Of(ApiKey key, string scheme, string? session = null) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.Name, key.Name),
        new Claim(Key, key.Id),
        .. session is null ? Array.Empty<Claim>() : [new Claim(SessionOf, session)],
        .. key.Scopes.Select(scope => new Claim(Scope, scope)),
    ], scheme));

    /// <summary>A person who signed in, with the rights of the role.</summary>
    /// <param name="session">Id of the console's session.</param>
    public static ClaimsPrincipal Of(Person person, string scheme, string session) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.Name, person.Name),
        new Claim(Acting.PersonClaim, person.Id),
        new Claim(ClaimTypes.Role, EnumWords.Of(person.Role)),
        new Claim(SessionOf, session),
        .. PersonRoles.Scopes(person.Role).Select(scope => new Claim(Scope, scope)),
    ], scheme));

    /// <summary>Id of the person who signed in; null for keys and their sessions.</summary>
    public static string? Person(ClaimsPrincipal caller) => caller.FindFirst(Acting.PersonClaim)?.Value;

    /// <summary>Who does something, for the record: a person's id, or the name of the key.</summary>
    public static string Actor(ClaimsPrincipal caller) => Acting.Of(caller) ?? "console";

    /// <summary>
    /// Who acts on a ticket; only leads act on those that others have claimed, and keys, which nobody claims for.
    /// </summary>
    /// <param name="version">What the form says was seen.</param>
    public static Acting ActingOn(ClaimsPrincipal caller, string? version) => new(Actor(caller))
    {
        // What is no version is older than every one: a page that was tampered with acts on nothing.
        Seen = string.IsNullOrEmpty(version) ? null
            : long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0,
        OnOthers = Person(caller) is null || Allows(caller, AccessScopes.Operations),
    };

    /// <summary>
    /// Who is noted for seeing raw texts; null for those who see redacted ones, because they do not work on tickets.
    /// </summary>
    public static string? RawReader(ClaimsPrincipal? caller) =>
        caller is not null && Allows(caller, AccessScopes.People) ? Actor(caller) : null;

    /// <summary>The role of the person, in its word; null for keys and their sessions.</summary>
    public static string? Role(ClaimsPrincipal caller) => caller.FindFirst(ClaimTypes.Role)?.Value;

    /// <summary>Id of the console's session, or null.</summary>
    public static string? Session(ClaimsPrincipal caller) => caller.FindFirst(SessionOf)?.Value;

    /// <summary>Whether the caller may do what the scope names; null asks only whether there is a caller.</summary>
    public static bool Allows(ClaimsPrincipal caller, string? scope) =>
        caller.Identity?.IsAuthenticated == true
        && (scope is null || caller.HasClaim(Scope, scope) || caller.HasClaim(Scope, AccessScopes.Everything));
}
