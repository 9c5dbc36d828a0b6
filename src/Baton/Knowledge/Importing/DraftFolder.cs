using Baton.Playbooks;
using Baton.Playbooks.Imports;
using Baton.Playbooks.Loading;
using Baton.Playbooks.Loading.Source;
using Baton.Text;

namespace Baton.Knowledge.Importing;

/// <summary>
/// A playbook's articles and the drafts of articles beside them. An import only ever writes drafts, and none over what
/// people have written.
/// </summary>
internal sealed class DraftFolder
{
    private const string Articles = "knowledge";
    private const int LongestName = 56;

    private readonly string _playbook;
    private readonly Dictionary<string, KnowledgeArticle> _active;
    private readonly Dictionary<string, KnowledgeArticle> _drafts;
    private readonly HashSet<string> _taken;

    private DraftFolder(string playbook)
    {
        _playbook = playbook;
        _active = Read(Articles);
        _drafts = Read(PlaybookFolder.Drafts);
        _taken = [.. Names(Articles), .. Names(PlaybookFolder.Drafts)];
    }

    /// <exception cref="ImportException">It is no folder of a playbook.</exception>
    public static DraftFolder Open(string playbook) => File.Exists(Path.Combine(playbook, "playbook.yaml"))
        ? new DraftFolder(playbook)
        : throw new ImportException($"{playbook}: no playbook.yaml; name the folder of a playbook");

    /// <summary>Drafts by the names of their files.</summary>
    public IReadOnlyDictionary<string, KnowledgeArticle> Drafts => _drafts;

    /// <summary>The article that a draft of this name would replace; null when there is none.</summary>
    public KnowledgeArticle? Active(string id) => _active.GetValueOrDefault(id);

    /// <summary>Where a draft or article lies.</summary>
    public string PathOf(string id, bool isDraft, bool questions = false) => Path.Combine(
        _playbook, isDraft ? PlaybookFolder.Drafts : Articles, questions ? $"questions/{id}.yaml" : $"{id}.md");

    /// <summary>Compares what a source holds with what is here, and writes drafts of what is new and changed.</summary>
    /// <param name="overwrite">Also over drafts that people have edited.</param>
    /// <param name="write">False only compares.</param>
    public ImportReport Take(ImportSource source, SourceContent content, bool overwrite, bool write)
    {
        var changes = new List<ImportChange>();
        foreach (var article in content.Articles) changes.Add(Take(source, article, overwrite, write));
        // Where nobody knows what could not be read, the absence of an article says nothing.
        if (source.Kind != SourceKind.Tickets && content.Unreadable.All(u => u.SourceId is not null))
            changes.AddRange(Removed(source, content));
        return new ImportReport(source.Name, changes, content.Unreadable, content.LeftOut,
            [.. _drafts.Values.Where(d => d.Imported?.Source == source.Name).Select(d => d.Id)
                .Concat(changes.Where(
                    c => c.Kind is ChangeKind.New or ChangeKind.Changed or ChangeKind.ChangedAndEdited)
                    .Select(c => c.ArticleId)).Distinct().Order(StringComparer.Ordinal)]);
    }

    private ImportChange Take(ImportSource source, ImportedArticle article, bool overwrite, bool write)
    {
        var digest = ArticleFile.Digest(article, source.Language);
        var (active, draft) = (Find(_active, source, article.SourceId), Find(_drafts, source, article.SourceId));
        var id = active?.Id ?? draft?.Id ?? NewName(article);
        ImportChange Is(ChangeKind kind) => new(kind, id, article.SourceId, article.Title);
        if (draft?.Imported?.Digest == digest) return Is(ChangeKind.Unchanged);
        if (active?.Imported?.Digest == digest)
        {
            // What waits is older than what the source has again.
            if (draft is not null && write && !ArticleFile.IsEdited(draft)) Delete(draft.Id);
            return Is(ChangeKind.Unchanged);
        }
        if (draft is not null && ArticleFile.IsEdited(draft) && !overwrite) return Is(ChangeKind.DraftEdited);
        if (write) Write(id, source, article);
        return Is(active is not null && ArticleFile.IsEdited(active) ? ChangeKind.ChangedAndEdited
            : active is not null || draft is not null ? ChangeKind.Changed : ChangeKind.New);
    }

    private IEnumerable<ImportChange> Removed(ImportSource source, SourceContent content)
    {
        var there = content.Articles.Select(a => a.SourceId).Concat(content.Unreadable.Select(u => u.SourceId))
            .ToHashSet();
        return _active.Values.Concat(_drafts.Values)
            .Where(a => a.Imported is { } mark && mark.Source == source.Name && !there.Contains(mark.Id))
            .DistinctBy(a => a.Id)
            .Select(a => new ImportChange(ChangeKind.Removed, a.Id, a.Imported!.Id, a.Title));
    }

    private static KnowledgeArticle? Find(
        Dictionary<string, KnowledgeArticle> articles, ImportSource source, string id) =>
        articles.Values.FirstOrDefault(a => a.Imported is { } mark && mark.Source == source.Name && mark.Id == id);

    private void Write(string id, ImportSource source, ImportedArticle article)
    {
        Put(PathOf(id, isDraft: true), ArticleFile.Text(article, source.Name, source.Language));
        if (article.Questions.Count > 0)
            Put(PathOf(id, isDraft: true, questions: true), ArticleFile.Questions(article.Questions));
    }

    /// <summary>Whole or not at all.</summary>
    private static void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Path.GetRandomFileName()}.tmp";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }

    private void Delete(string draft)
    {
        File.Delete(PathOf(draft, isDraft: true));
        _drafts.Remove(draft);
    }

    /// <summary>A name of its own from the title; the source's id where another article has that.</summary>
    private string NewName(ImportedArticle article)
    {
        var name = Slug(article.Title);
        if (name.Length == 0) name = "article";
        if (_taken.Add(name)) return name;
        var longer = $"{name[..Math.Min(name.Length, 40)].TrimEnd('-')}-{Slug("x " + article.SourceId)[2..]}";
        if (longer.Length > LongestName) longer = longer[..LongestName].TrimEnd('-');
        var unique = longer;
        for (var n = 2; !_taken.Add(unique); n++) unique = $"{longer}-{n}";
        return unique;
    }

    /// <summary>Small letters and digits of the Latin alphabet, joined by hyphens, a letter first.</summary>
    private static string Slug(string title)
    {
        var slug = new string(
            [.. FoldedText.Of(title).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        slug = string.Join('-', slug.Split('-', StringSplitOptions.RemoveEmptyEntries));
        if (slug.Length > 0 && char.IsAsciiDigit(slug[0])) slug = "a-" + slug;
        return slug.Length <= LongestName ? slug : slug[..LongestName].TrimEnd('-');
    }

    private IEnumerable<string> Names(string folder) => Directory.Exists(Path.Combine(_playbook, folder))
        ? Directory.EnumerateFiles(Path.Combine(_playbook, folder), "*.md")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        : [];

    /// <summary>Articles that can be read; what cannot is the check's to name.</summary>
    private Dictionary<string, KnowledgeArticle> Read(string folder)
    {
        var state = new LoadState(new LoadLimits());
        var read = new Dictionary<string, KnowledgeArticle>();
        foreach (var name in Names(folder))
        {
            var path = $"{folder}/{name}.md";
            var file = new FileInfo(Path.Combine(_playbook, path));
            if (file.Length > state.Limits.FileBytes) continue;
            var text = File.ReadAllText(file.FullName).ReplaceLineEndings("\n");
            if (ArticleReader.ReadOne(new SourceFile(path, text), state) is { } article) read[name] = article;
        }
        return read;
    }
}
