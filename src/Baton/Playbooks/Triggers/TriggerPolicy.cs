using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Triggers;

/// <summary>Settings of one trigger. A trigger without an outcome is a fact for rules and nothing more.</summary>
public sealed record TriggerPolicy
{
    /// <summary>One of the trigger names of the product, e.g. <c>negative_trajectory</c>.</summary>
    public required string Name { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>The number the signal is held against, in the trigger's own unit; null takes its default.</summary>
    public double? Threshold { get; init; }

    /// <summary>Further words or phrases that fire a word trigger, besides the built-in ones.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>What follows when it fires and no rule decided.</summary>
    public RuleOutcome? Then { get; init; }
}
