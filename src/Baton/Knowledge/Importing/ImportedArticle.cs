using Baton.Knowledge.Importing.Pages;

namespace Baton.Knowledge.Importing;

/// <summary>One article as its source has it, in Markdown.</summary>
/// <param name="SourceId">What the source calls it.</param>
internal sealed record ImportedArticle(string SourceId, string Title, string Body)
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>ISO 639-1; null takes the source's.</summary>
    public string? Language { get; init; }

    /// <summary>Whether only a person who names it may activate it.</summary>
    public bool ByName { get; init; }

    /// <summary>What customers asked that it answers, by heading: proposed with it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Questions { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>Something in a source that became no article.</summary>
/// <param name="Where">File, line or id.</param>
/// <param name="Why">What was wrong, with which value.</param>
/// <param name="SourceId">What the source calls it, where that is known.</param>
internal sealed record UnreadableItem(string Where, string Why, string? SourceId = null);

/// <summary>What a source held.</summary>
/// <param name="Unreadable">What is broken.</param>
/// <param name="LeftOut">What is whole and not for everybody: drafts, articles for some customers.</param>
internal sealed record SourceContent(
    IReadOnlyList<ImportedArticle> Articles, IReadOnlyList<UnreadableItem> Unreadable,
    IReadOnlyList<UnreadableItem> LeftOut);

/// <summary>A source that cannot be read at all: the message says which, why, and what would help.</summary>
internal sealed class ImportException(string message) : Exception(message);

/// <summary>Collects what a source holds, within its limits.</summary>
internal sealed class Findings(ImportLimits limits)
{
    private const int LongestTitle = 200, LongestId = 200;

    private readonly List<ImportedArticle> _articles = [];
    private readonly List<UnreadableItem> _unreadable = [];
    private readonly List<UnreadableItem> _leftOut = [];
    private readonly HashSet<string> _ids = [];
    private int _left;

    public void Bad(string where, string why, string? id = null)
    {
        if (_unreadable.Count < limits.Problems) _unreadable.Add(new UnreadableItem(where, why, id));
        else _left++;
    }

    public void LeaveOut(string where, string why)
    {
        if (_leftOut.Count < limits.Problems) _leftOut.Add(new UnreadableItem(where, why));
    }

    /// <summary>Takes an article that has a text and is not too long; else says why not.</summary>
    public void Add(string where, ImportedArticle article)
    {
        article = article with
        {
            Title = OneLine(article.Title, LongestTitle), SourceId = OneLine(article.SourceId, LongestId),
            Tags = [.. article.Tags.Select(t => OneLine(t, LongestTitle)).Where(t => t.Length > 0)],
        };
        if (string.IsNullOrWhiteSpace(article.Title)) Bad(where, "has no title", article.SourceId);
        else if (string.IsNullOrWhiteSpace(article.Body)) Bad(
            where, "has no text that a reader would see", article.SourceId);
        else if (article.Body.Length > limits.ArticleCharacters)
            Bad(where, $"is {article.Body.Length} characters long; at most {limits.ArticleCharacters} are taken: split it",
                article.SourceId);
        else if (!_ids.Add(article.SourceId)) Bad(
            where, $"the id '{article.SourceId}' is there twice; the first counts");
        else if (_articles.Count == limits.Articles)
            Bad(where, $"is one too many; at most {limits.Articles} articles of one source are taken");
        else _articles.Add(article);
    }

    private static string OneLine(string text, int longest)
    {
        text = string.Join(' ',
            MarkdownEscapes.Visible(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= longest ? text
            : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }

    public SourceContent Done() => new(_articles, _left == 0 ? _unreadable
        : [.. _unreadable, new UnreadableItem("…", $"{_left} more are not shown")], _leftOut);
}
