namespace Baton.Playbooks;

/// <summary>Providers, models with prices, tiers, and which stage uses which: the content of <c>models.yaml</c>.</summary>
public sealed record ModelsPolicy;
