namespace Baton.Playbooks.Models;

/// <summary>
/// Which providers may see a conversation that a rule flags as <c>regulated</c>: those with a data agreement, in one
/// of the named places. A model in this process sees nothing that Baton does not see itself.
/// </summary>
public sealed record RegulatedPolicy
{
    /// <summary>
    /// Words that a provider's <see cref="ProviderPolicy.Residency"/> may be; empty allows every place.
    /// </summary>
    public IReadOnlyList<string> Residency { get; init; } = [];

    /// <summary>Why the provider may not; null when it may.</summary>
    public string? Forbids(ProviderPolicy provider)
    {
        if (provider.Kind == ProviderKind.Local) return null;
        if (!provider.DataAgreement) return $"provider '{provider.Name}' has no data agreement";
        if (Residency.Count == 0 || (provider.Residency is { } place && Residency.Contains(place))) return null;
        return $"provider '{provider.Name}' resides in {provider.Residency ?? "no declared place"}, "
            + $"not in {string.Join(" or ", Residency)}";
    }
}
