namespace Baton.Knowledge.Importing;

/// <summary>What an import found about one article.</summary>
/// <param name="ArticleId">Name of its file.</param>
/// <param name="SourceId">What the source calls it.</param>
/// <param name="Title">Its title at the source; the last known one when it is gone there.</param>
internal sealed record ImportChange(ChangeKind Kind, string ArticleId, string SourceId, string Title);

/// <summary>What has become of an article since the last import.</summary>
internal enum ChangeKind
{
    /// <summary>It was not here; a draft is.</summary>
    New,

    /// <summary>The source has another text; a draft has it.</summary>
    Changed,

    /// <summary>
    /// The source has another text and people have edited ours: a draft has the source's, and is activated only by
    /// name.
    /// </summary>
    ChangedAndEdited,

    /// <summary>
    /// The source has another text and people have edited the draft: nothing was written.
    /// </summary>
    DraftEdited,

    /// <summary>As it was.</summary>
    Unchanged,

    /// <summary>The source no longer has it, or withholds it; ours stays until people delete it.</summary>
    Removed,
}

/// <summary>What an import found, and could not read.</summary>
/// <param name="Waiting">Drafts of the source after it.</param>
internal sealed record ImportReport(
    string Source, IReadOnlyList<ImportChange> Changes, IReadOnlyList<UnreadableItem> Unreadable,
    IReadOnlyList<UnreadableItem> LeftOut, IReadOnlyList<string> Waiting)
{
    /// <summary>Whether what is gone at the source was looked for.</summary>
    public bool KnowsRemoved => Unreadable.All(u => u.SourceId is not null);

    public int Count(ChangeKind kind) => Changes.Count(c => c.Kind == kind);
}
