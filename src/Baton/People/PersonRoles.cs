using Baton.Operations;

namespace Baton.People;

/// <summary>What a role may do, in the words of scopes: the rules of routes know nothing else.</summary>
internal static class PersonRoles
{
    public static IReadOnlyList<string> Scopes(PersonRole role) => role switch
    {
        PersonRole.Viewer => [AccessScopes.TicketsRead],
        PersonRole.Agent => [AccessScopes.TicketsRead, AccessScopes.TicketsWrite, AccessScopes.People],
        PersonRole.Lead =>
        [
            AccessScopes.TicketsRead, AccessScopes.TicketsWrite, AccessScopes.People, AccessScopes.Operations,
        ],
        _ => [AccessScopes.Everything],
    };

    /// <summary>The first role that may do what a scope names; null asks only for a role.</summary>
    public static PersonRole Least(string? scope) => Enum.GetValues<PersonRole>().First(
        role => scope is null || role == PersonRole.Admin || Scopes(role).Contains(scope));
}
