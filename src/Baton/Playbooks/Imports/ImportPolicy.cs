namespace Baton.Playbooks.Imports;

/// <summary>What <c>imports.yaml</c> says: where articles come from and how often they are looked at.</summary>
/// <param name="Every">Between two looks. Default 30 days.</param>
internal sealed record ImportPolicy(TimeSpan Every, IReadOnlyList<ImportSource> Sources)
{
    public static readonly TimeSpan Monthly = TimeSpan.FromDays(30);
}

/// <summary>A file or folder that articles are imported from.</summary>
/// <param name="Name">What its articles remember: two exports of one helpdesk have two names.</param>
/// <param name="Path">Relative ones start at the playbook's folder.</param>
internal sealed record ImportSource(string Name, SourceKind Kind, string Path)
{
    /// <summary>ISO 639-1 language of articles that do not say theirs.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// Whether what is imported on schedule becomes active when the golden tickets are answered as well with it. Never
    /// for tickets.
    /// </summary>
    public bool Activate { get; init; }
}

/// <summary>What a source is written in.</summary>
internal enum SourceKind
{
    /// <summary>Answer of Zendesk's Help Center API to "list articles".</summary>
    Zendesk,

    /// <summary>Answer of Intercom's API to "list all articles".</summary>
    Intercom,

    /// <summary>Answer of Freshdesk's API to "view all solution articles in a folder".</summary>
    Freshdesk,

    /// <summary>Pages.</summary>
    Html,

    /// <summary>Markdown files.</summary>
    Markdown,

    /// <summary>Products as CSV.</summary>
    Catalogue,

    /// <summary>Resolved tickets in Baton's own format.</summary>
    Tickets,
}
