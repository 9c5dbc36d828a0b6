namespace Baton.Knowledge;

/// <summary>One article of a support team's knowledge base, without its front matter.</summary>
public sealed record Article
{
    /// <summary>Unique in the index; what a citation names.</summary>
    public required string Id { get; init; }

    /// <summary>What the article is about, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Words to filter by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>BCP 47 language of the text; null when it holds for every language.</summary>
    public string? Language { get; init; }
}
