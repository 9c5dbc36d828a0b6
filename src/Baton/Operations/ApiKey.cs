namespace Baton.Operations;

/// <summary>A key as it can be shown: never the key itself.</summary>
internal sealed record ApiKey
{
    /// <summary>Begins with <c>key_</c>; made from the key's hash.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// First characters of the key, to recognise it by; null for keys that are older than this field.
    /// </summary>
    public string? Shown { get; init; }

    /// <summary>Some of <see cref="AccessScopes.All"/>, or <see cref="AccessScopes.Everything"/> alone.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsInUse(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
