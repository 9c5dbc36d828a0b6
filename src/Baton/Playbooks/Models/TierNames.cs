namespace Baton.Playbooks.Models;

/// <summary>
/// The tiers that Baton itself knows, cheapest first. A playbook names tiers of models besides these.
/// </summary>
public static class TierNames
{
    /// <summary>Nobody worked: the stage was left out or failed.</summary>
    public const string None = "none";

    /// <summary>Rules and code: no model at all.</summary>
    public const string Rules = "rules";

    /// <summary>Models in this process; they cost nothing per text.</summary>
    public const string Local = "local";

    /// <summary>Cheap language models; what a stage of <c>models.yaml</c> takes when it names no tier.</summary>
    public const string Commodity = "commodity";

    /// <summary>Strong language models.</summary>
    public const string Reasoning = "reasoning";
}
