using System.Security.Claims;
using Baton.Operations;

namespace Baton.Server.Api;

/// <summary>The caller that a key or a session stands for.</summary>
internal static class Callers
{
    private const string Key = "key", Scope = "scope", SessionOf = "session";

    /// <param name="session">Id of the console's session; null for programs.</param>
    public static ClaimsPrincipal Of(ApiKey key, string scheme, string? session = null) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.Name, key.Name),
        new Claim(Key, key.Id),
        .. session is null ? Array.Empty<Claim>() : [new Claim(SessionOf, session)],
        .. key.Scopes.Select(scope => new Claim(Scope, scope)),
    ], scheme));

    /// <summary>Id of the console's session, or null.</summary>
    public static string? Session(ClaimsPrincipal caller) => caller.FindFirst(SessionOf)?.Value;

    /// <summary>Whether the caller may do what the scope names; null asks only whether there is a caller.</summary>
    public static bool Allows(ClaimsPrincipal caller, string? scope) =>
        caller.Identity?.IsAuthenticated == true
        && (scope is null || caller.HasClaim(Scope, scope) || caller.HasClaim(Scope, AccessScopes.Everything));
}
