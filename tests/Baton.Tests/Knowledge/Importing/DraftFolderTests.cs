using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Playbooks.Imports;
using Baton.Testing;

namespace Baton.Tests.Knowledge.Importing;

/// <summary>Drafts beside the articles of a playbook: found again, never over what people have written.</summary>
public sealed class DraftFolderTests : IDisposable
{
    private static readonly ImportSource Helpdesk = new("helpdesk", SourceKind.Zendesk, "");

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-drafts-").FullName;

    public DraftFolderTests() => new PlaybookFiles().WriteTo(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writes_what_is_new_where_nothing_loads_it()
    {
        var before = Load().Version;

        var report = Import(Some("7", "Gift wrapping & \"cards\"", "We wrap gifts."));

        Assert.Equal([(ChangeKind.New, "gift-wrapping-cards")], Kinds(report));
        Assert.Equal(["gift-wrapping-cards"], report.Waiting);
        Assert.Equal(before, Load().Version);
        Activate("gift-wrapping-cards");
        var article = Assert.Single(Load().Articles, a => a.Id == "gift-wrapping-cards");
        Assert.Equal(("Gift wrapping & \"cards\"", "We wrap gifts."), (article.Title, article.Body));
        Assert.False(ArticleFile.IsEdited(article));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Knows_again_what_it_imported_before(bool active)
    {
        Import(Some("7", "Sizes", "True to size."));
        if (active) Activate("sizes");

        Assert.Equal([(ChangeKind.Unchanged, "sizes")], Kinds(Import(Some("7", "Sizes", "True to size."))));
        var changed = Import(Some("7", "Sizes and fit", "Runs small."));

        Assert.Equal([(ChangeKind.Changed, "sizes")], Kinds(changed));
        Assert.Contains("Runs small.", Draft("sizes"), StringComparison.Ordinal);
        Assert.Equal(active, File.Exists(Article("sizes")));
        if (active) Assert.Contains("True to size.", File.ReadAllText(Article("sizes")), StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_a_draft_that_people_edited_until_told_otherwise()
    {
        Import(Some("7", "Sizes", "True to size."));
        File.WriteAllText(DraftPath("sizes"), Draft("sizes").Replace("True", "Mostly true"));

        Assert.Equal([(ChangeKind.DraftEdited, "sizes")], Kinds(Import(Some("7", "Sizes", "Runs small."))));
        Assert.Contains("Mostly true", Draft("sizes"), StringComparison.Ordinal);

        Import([Some("7", "Sizes", "Runs small.")], overwrite: true);
        Assert.Contains("Runs small.", Draft("sizes"), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_an_active_article_was_edited_and_keeps_it()
    {
        Import(Some("7", "Sizes", "True to size."));
        Activate("sizes");
        File.WriteAllText(Article("sizes"),
            File.ReadAllText(Article("sizes")).Replace("title: \"Sizes\"", "title: Fit"));

        Assert.Equal([(ChangeKind.Unchanged, "sizes")], Kinds(Import(Some("7", "Sizes", "True to size."))));
        Assert.Equal([(ChangeKind.ChangedAndEdited, "sizes")], Kinds(Import(Some("7", "Sizes", "Runs small."))));
        Assert.Contains("title: Fit", File.ReadAllText(Article("sizes")), StringComparison.Ordinal);
    }

    [Fact]
    public void Withdraws_a_draft_when_the_source_has_the_active_text_again()
    {
        Import(Some("7", "Sizes", "True to size."));
        Activate("sizes");
        Import(Some("7", "Sizes", "Runs small."));

        Import(Some("7", "Sizes", "True to size."));

        Assert.False(File.Exists(DraftPath("sizes")));
    }

    [Fact]
    public void Reports_what_is_gone_and_deletes_nothing()
    {
        Import(Some("7", "Sizes", "True to size."), Some("8", "Care", "Wash cold."));
        Activate("sizes");

        Assert.Equal([(ChangeKind.Unchanged, "care"), (ChangeKind.Removed, "sizes")],
            Kinds(Import(Some("8", "Care", "Wash cold."))));
        Assert.True(File.Exists(Article("sizes")));
    }

    [Fact]
    public void Takes_nothing_for_gone_that_could_not_be_read()
    {
        Import(Some("7", "Sizes", "True to size."), Some("8", "Care", "Wash cold."));

        Assert.DoesNotContain(Import([Some("8", "Care", "Wash cold.")], new UnreadableItem("7", "broken", "7")).Changes,
            c => c.Kind == ChangeKind.Removed);
        Assert.DoesNotContain(Import([Some("8", "Care", "Wash cold.")], new UnreadableItem("line 3", "broken")).Changes,
            c => c.Kind == ChangeKind.Removed);
    }

    [Fact]
    public void Gives_names_of_their_own_to_equal_titles_and_other_scripts()
    {
        var report = Import(Some("7", "Returns", "a"), Some("8", "Größen & Maße", "b"), Some("9", "返品", "c"),
            Some("10", "Größen Maße", "d"), Some("11", "24 hours", "e"));

        // The playbook has an article 'returns' that people wrote.
        Assert.Equal(["returns-7", "grossen-masse", "article", "grossen-masse-10", "a-24-hours"],
            report.Changes.Select(c => c.ArticleId));
        foreach (var id in report.Changes.Select(c => c.ArticleId)) Activate(id);
        Assert.Equal(6, Load().Articles.Count);
    }

    [Fact]
    public void Tells_two_sources_with_the_same_ids_apart()
    {
        Import(Some("7", "Sizes", "True to size."));

        var other = DraftFolder.Open(_folder).Take(
            Helpdesk with { Name = "shop" }, new SourceContent([Some("7", "Care", "Wash cold.")], [], []), false, true);

        Assert.Equal([(ChangeKind.New, "care")], Kinds(other));
    }

    [Fact]
    public void Only_compares_when_told_so()
    {
        var report = DraftFolder.Open(_folder).Take(
            Helpdesk, new SourceContent([Some("7", "Sizes", "True to size.")], [], []), overwrite: false, write: false);

        Assert.Equal([(ChangeKind.New, "sizes")], Kinds(report));
        Assert.False(Directory.Exists(Path.Combine(_folder, "knowledge", "drafts")));
    }

    private static ImportedArticle Some(string id, string title, string body) => new(id, title, body);

    private ImportReport Import(params ImportedArticle[] articles) => Import(articles, overwrite: false);

    private ImportReport Import(ImportedArticle[] articles, bool overwrite) =>
        DraftFolder.Open(_folder).Take(Helpdesk, new SourceContent(articles, [], []), overwrite, write: true);

    private ImportReport Import(ImportedArticle[] articles, UnreadableItem bad) =>
        DraftFolder.Open(_folder).Take(Helpdesk, new SourceContent(articles, [bad], []), overwrite: false, write: true);

    private static IEnumerable<(ChangeKind, string)> Kinds(ImportReport report) =>
        report.Changes.Select(c => (c.Kind, c.ArticleId));

    private void Activate(string id) => File.Move(DraftPath(id), Article(id), overwrite: true);

    private string DraftPath(string id) => Path.Combine(_folder, "knowledge", "drafts", $"{id}.md");

    private string Draft(string id) => File.ReadAllText(DraftPath(id));

    private string Article(string id) => Path.Combine(_folder, "knowledge", $"{id}.md");

    private Playbook Load() => Assert.IsType<LoadedPlaybook.Valid>(PlaybookLoader.Load(_folder)).Playbook;
}
