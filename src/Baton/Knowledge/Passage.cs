namespace Baton.Knowledge;

/// <summary>A part of an article that was found for a question.</summary>
public sealed record Passage
{
    /// <summary>The article it was cut from.</summary>
    public required string ArticleId { get; init; }

    /// <summary>The article's title.</summary>
    public required string Title { get; init; }

    /// <summary>The headings above it, outermost first, joined by <c> › </c>; empty before the first heading.</summary>
    public required string Heading { get; init; }

    /// <summary>The text as it stands in the article, Markdown included.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// How well it fits, 0 and up: the weight of the question's words that it has, over the weight of all of them. Good
    /// passages score about 1; comparable between questions, but not a probability.
    /// </summary>
    public required double Score { get; init; }

    /// <summary>Where <see cref="Text"/> begins in the article's body, in UTF-16 units.</summary>
    public required int Start { get; init; }

    /// <summary>How long <see cref="Text"/> is, in UTF-16 units.</summary>
    public required int Length { get; init; }

    /// <summary>What the index keeps about it; every passage comes from an index.</summary>
    internal Indexing.StoredPassage Stored { get; init; } = null!;
}
