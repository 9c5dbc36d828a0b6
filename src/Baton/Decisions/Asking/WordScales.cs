namespace Baton.Decisions.Asking;

/// <summary>
/// Ordered words that models answer in, and the numbers code works with. Models are poor at numbers and steady with
/// words. The numbers are settings of ours, not measured probabilities.
/// </summary>
internal sealed class WordScale(params (string Word, double Value)[] steps)
{
    /// <summary>From least to most.</summary>
    public IReadOnlyList<string> Words { get; } = [.. steps.Select(s => s.Word)];

    public double this[string word] => steps.First(s => s.Word == word).Value;

    /// <summary>The same, for scales of whole numbers.</summary>
    public int Whole(string word) => (int)this[word];
}

/// <summary>The scales of the model stages.</summary>
internal static class WordScales
{
    /// <summary>How sure, 0 to 1.</summary>
    public static readonly WordScale Confidence =
        new(("very_low", 0.10), ("low", 0.30), ("medium", 0.60), ("high", 0.85), ("very_high", 0.95));

    /// <summary>1 furious to 10 delighted.</summary>
    public static readonly WordScale Sentiment = new(
        ("furious", 1), ("very_negative", 2), ("negative", 3), ("slightly_negative", 4), ("neutral", 5),
        ("slightly_positive", 6), ("positive", 7), ("very_positive", 9), ("delighted", 10));

    /// <summary>1 whenever to 10 an outage.</summary>
    public static readonly WordScale Urgency = new(
        ("none", 1), ("low", 3), ("moderate", 5), ("raised", 6), ("high", 7), ("severe", 9), ("outage", 10));

    /// <summary>1 to 10; 10 crosses several systems.</summary>
    public static readonly WordScale Complexity =
        new(("trivial", 1), ("low", 3), ("moderate", 5), ("high", 7), ("very_high", 9));

    /// <summary>How much, 0 to 1.</summary>
    public static readonly WordScale Degree =
        new(("none", 0), ("low", 0.25), ("medium", 0.5), ("high", 0.75), ("very_high", 1));
}
