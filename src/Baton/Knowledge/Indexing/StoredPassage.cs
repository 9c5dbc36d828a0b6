namespace Baton.Knowledge.Indexing;

/// <summary>A passage inside the index. Its terms stand in one array: title, headings, then text.</summary>
internal sealed class StoredPassage(Article article, Chunk chunk, int[] terms, int titleTerms, int headingTerms)
{
    public Article Article { get; } = article;

    public Chunk Chunk { get; } = chunk;

    public ReadOnlySpan<int> Terms => terms;

    public ReadOnlySpan<int> Title => terms.AsSpan(0, titleTerms);

    public ReadOnlySpan<int> Heading => terms.AsSpan(titleTerms, headingTerms);

    public ReadOnlySpan<int> Body => terms.AsSpan(titleTerms + headingTerms);

    /// <summary>Set once when its article is removed or replaced.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Its direction in the topic space that is in force; null when there is none yet.</summary>
    public float[]? Topics { get; set; }

    public Passage ToPassage(double score) => new()
    {
        ArticleId = Article.Id,
        Title = Article.Title,
        Heading = Chunk.Heading,
        Text = Article.Body[Chunk.Start..Chunk.End],
        Score = score,
        Start = Chunk.Start,
        Length = Chunk.End - Chunk.Start,
        Stored = this,
    };
}
