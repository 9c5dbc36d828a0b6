namespace Baton.Playbooks;

/// <summary>
/// A threshold where it differs from the playbook's general one, by class of the intent and by customer tier. Of
/// several that apply the highest holds.
/// </summary>
public sealed record ThresholdsByKind
{
    /// <summary>The general one holds for everybody.</summary>
    public static ThresholdsByKind None { get; } = new();

    /// <summary>By the class of the intent that triage read.</summary>
    public IReadOnlyDictionary<IntentClass, double> Classes { get; init; } = new Dictionary<IntentClass, double>();

    /// <summary>By the customer's tier.</summary>
    public IReadOnlyDictionary<string, double> Tiers { get; init; } = new Dictionary<string, double>();

    /// <summary>Every value with what it is for, in words.</summary>
    public IEnumerable<ThresholdInForce> All =>
    [
        .. Classes.Select(c => new ThresholdInForce(c.Value, $"class {EnumWords.Of(c.Key)}")),
        .. Tiers.Select(t => new ThresholdInForce(t.Value, $"tier {t.Key}")),
    ];

    /// <summary>What holds for a ticket.</summary>
    /// <param name="otherwise">The general threshold.</param>
    /// <param name="of">Null when no intent was found.</param>
    public ThresholdInForce For(double otherwise, IntentClass? of, string tier)
    {
        ThresholdInForce? highest = null;
        if (of is { } known && Classes.TryGetValue(known, out var byClass))
            highest = new ThresholdInForce(byClass, $"class {EnumWords.Of(known)}");
        if (Tiers.TryGetValue(tier, out var byTier) && !(highest?.Value >= byTier))
            highest = new ThresholdInForce(byTier, $"tier {tier}");
        return highest ?? new ThresholdInForce(otherwise, null);
    }
}

/// <summary>A threshold of one ticket.</summary>
/// <param name="For">The class or tier whose own it is, <c>tier pro</c>; null for the general one.</param>
public readonly record struct ThresholdInForce(double Value, string? For);
