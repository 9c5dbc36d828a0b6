namespace Baton.Playbooks;

/// <summary>
/// A named holder of scopes that automation acts as: a tool runs only for an identity that holds its scope.
/// </summary>
public sealed record AgentIdentity
{
    /// <summary>Lower-case words joined by underscores, unique in the playbook.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Such as <c>orders:read</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
