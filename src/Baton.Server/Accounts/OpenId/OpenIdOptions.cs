using System.ComponentModel.DataAnnotations;
using Baton.People;

namespace Baton.Server.Accounts.OpenId;

/// <summary>Signing in with the company's own accounts, by OpenID Connect; off without an authority.</summary>
internal sealed record OpenIdOptions : IValidatableObject
{
    /// <summary>Issuer whose <c>/.well-known/openid-configuration</c> is read; https, or this machine.</summary>
    public Uri? Authority { get; init; }

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>What the button says after "Log in with".</summary>
    public string Name { get; init; } = "your company account";

    /// <summary>Scopes to ask for, with blanks between.</summary>
    public string Scopes { get; init; } = "openid profile email";

    /// <summary>Claim that holds the groups.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Groups whose members are admins, with commas between; so for the other roles.</summary>
    public string Admins { get; init; } = "";

    public string Leads { get; init; } = "";

    public string Agents { get; init; } = "";

    public string Viewers { get; init; } = "";

    public bool IsOn => Authority is not null;

    /// <summary>The highest role of somebody in these groups; null: none, and no way in.</summary>
    public PersonRole? RoleOf(IReadOnlyCollection<string> groups) =>
        Any(Admins, groups) ? PersonRole.Admin
        : Any(Leads, groups) ? PersonRole.Lead
        : Any(Agents, groups) ? PersonRole.Agent
        : Any(Viewers, groups) ? PersonRole.Viewer
        : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null) yield break;
        if (Authority.Scheme != Uri.UriSchemeHttps && !Authority.IsLoopback)
            yield return new($"is {Authority}: use https, or an address of this machine", [nameof(Authority)]);
        if (ClientId.Length == 0)
            yield return new("is not set: write the id that the provider knows Baton by", [nameof(ClientId)]);
        if (Admins.Length + Leads.Length + Agents.Length + Viewers.Length == 0)
            yield return new("is not set, nor Leads, Agents or Viewers: nobody could come in; name groups",
                [nameof(Admins)]);
    }

    private static bool Any(string wanted, IReadOnlyCollection<string> groups) =>
        wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(groups.Contains);
}
