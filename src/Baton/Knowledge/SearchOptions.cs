namespace Baton.Knowledge;

/// <summary>What one search should return.</summary>
public sealed record SearchOptions
{
    /// <summary>How many passages at most; default 10, range 1–1,000.</summary>
    public int Top { get; init; } = 10;

    /// <summary>How many passages of the same article at most; default 3.</summary>
    public int PerArticle { get; init; } = 3;

    /// <summary>Only articles in this language (its first part, such as <c>en</c>) or in none; null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Only articles with at least one of these tags; empty for all.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only these articles, by id; empty for all.</summary>
    public IReadOnlyCollection<string> Articles { get; init; } = [];
}
