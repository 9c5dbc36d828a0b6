namespace Baton.Playbooks;

/// <summary>One article of the knowledge folder: front matter and Markdown body.</summary>
public sealed record KnowledgeArticle
{
    /// <summary>File name without extension, unique.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown without the front matter.</summary>
    public required string Body { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What customers ask for that a section answers, by the section's heading.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Questions { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Where <c>baton knowledge import</c> took it from; null for one that people wrote here.</summary>
    public ImportMark? Imported { get; init; }
}

/// <summary>What an import wrote, so that the next one knows what people have changed since.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Id">What the source calls the article.</param>
/// <param name="Digest">Of the article as it was imported.</param>
/// <param name="ByName">Whether only a person who names it may activate it.</param>
public sealed record ImportMark(string Source, string Id, string Digest, bool ByName = false);
