using System.Security.Claims;
using Baton.People;

namespace Baton.Server.Accounts.OpenId;

/// <summary>
/// Somebody whom the provider knows, as a person of the team: found by e-mail, or added; the groups say the role.
/// </summary>
internal sealed class OpenIdPeople(PeopleStore people, OpenIdOptions options)
{
    private const string By = "openid", Email = "email", Verified = "email_verified", FullName = "name";

    /// <summary>The person, or why there is no way in.</summary>
    public async Task<(Person? Person, string? Problem)> FindOrAddAsync(
        ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        if (caller.FindFirst(Email)?.Value is not { Length: > 0 } email)
            return (null, $"The provider told no e-mail. Let it send the claim '{Email}'.");
        if (string.Equals(caller.FindFirst(Verified)?.Value, "false", StringComparison.OrdinalIgnoreCase))
            return (null, "The provider has not verified this e-mail: it could be anybody's.");
        var groups = caller.FindAll(options.GroupsClaim).Select(claim => claim.Value).ToHashSet();
        if (options.RoleOf(groups) is not { } role)
            return (null, "Your account is in none of the groups that may use Baton "
                + $"({groups.Count} {(groups.Count == 1 ? "group was" : "groups were")} told).");
        var outcome = await SaveAsync(caller.FindFirst(FullName)?.Value ?? email, email, role, cancellationToken);
        return outcome switch
        {
            PersonOutcome.Saved { Person: { DisabledAt: null } person } => (person, null),
            PersonOutcome.Saved => (null, "Your account is disabled here. An admin can enable it."),
            PersonOutcome.Refused { Why: var why } => (null, $"What the provider told cannot be used: {why}."),
            _ => (null, "Your account was changed this moment. Log in once more."),
        };
    }

    private async Task<PersonOutcome> SaveAsync(
        string name, string email, PersonRole role, CancellationToken cancellationToken)
    {
        if (people.FindByEmail(email) is not { } known)
            return await people.AddAsync(
                new PersonDetails { Name = name, Email = email, Role = role }, By, cancellationToken);
        return known.Role == role || known.DisabledAt is not null
            ? new PersonOutcome.Saved(known)
            : await people.ChangeAsync(
                known.Id, known.Version, PersonDetails.Of(known) with { Role = role }, By, cancellationToken);
    }
}
