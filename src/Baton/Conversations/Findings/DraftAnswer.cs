using Baton.Playbooks.Models;

namespace Baton.Conversations.Findings;

/// <summary>An answer that could be sent, with what it rests on.</summary>
public sealed record DraftAnswer
{
    /// <summary>The text with placeholders for personal data, without greeting and signature.</summary>
    public required string Text { get; init; }

    /// <summary><c>article</c>, <c>tool</c>, <c>agent</c>, <c>workflow</c> or <c>exact</c>.</summary>
    public required string Source { get; init; }

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>How well the sources answer the question, 0 to 1; 1 for a tool's own data.</summary>
    public required double Relevance { get; init; }

    /// <summary>Tier that wrote it.</summary>
    public required string Tier { get; init; }

    /// <summary>
    /// Whether a model wrote it from articles, as opposed to a template, sentences of the articles, or an agent, whose
    /// answers are held against what tools said.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWritten => Source != "agent" && Tier is not (TierNames.Rules or TierNames.Local);
}

/// <summary>A passage of an article that an answer rests on.</summary>
public sealed record Citation(string ArticleId, string Title, string Heading, string Quote);
