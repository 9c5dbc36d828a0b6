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
}
