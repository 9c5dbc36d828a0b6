namespace Baton.Knowledge;

/// <summary>Where a part of an answer stands.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Title">Its title.</param>
/// <param name="Heading">The headings above the part.</param>
/// <param name="Quote">The part as it stands in the article, Markdown included.</param>
public sealed record QuotedPassage(string ArticleId, string Title, string Heading, string Quote);

/// <summary>An answer made of sentences of the articles, word for word.</summary>
/// <param name="Text">The sentences in the order of the article, without Markdown's inline marks.</param>
/// <param name="Citations">One per connected part of the text.</param>
/// <param name="Relevance">How likely the articles answer the question at all, 0–1.</param>
/// <param name="InArticles">The relevance reaches the floor; when false, do not send the text.</param>
public sealed record LocalAnswer(
    string Text, IReadOnlyList<QuotedPassage> Citations, double Relevance, bool InArticles);

/// <summary>How an answer is made.</summary>
public sealed record AnswerOptions
{
    /// <summary>Longest answer, in characters; a single list may be longer by itself. Default 700.</summary>
    public int LongestAnswer { get; init; } = 700;

    /// <summary>Most sentences, lists or rows; default 4.</summary>
    public int MostUnits { get; init; } = 4;

    /// <summary>Least relevance of an answer that may be sent; default 0.50, range 0–1.</summary>
    public double RelevanceFloor { get; init; } = 0.50;
}
